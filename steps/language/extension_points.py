"""Phrases that register extensions: ready-made ones for every extension point (X-1 to X-6).

``{extension}`` is the name of the extension, with its order or without: ``"VIP lines"``,
``"VIP lines" with order 50``.
"""

from __future__ import annotations

from typing import TypeAlias

from pytest_bdd import given, then

from smslab.simulator.extensions.extension_points import POINTS, ExtensionPoint, UserDocument
from smslab.simulator.states import PartyKind
from smslab.steps import ready_made_extensions as ready_made
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, UnknownName

Named: TypeAlias = tuple[str, int | None]


def register(scene: Scene, extension: Named, implementation: ExtensionPoint) -> None:
    """Register an extension by its name and order."""
    name, order = extension
    scene.instance.register_extension(implementation, name, order)


def point_of(rule: str) -> type[ExtensionPoint]:
    """The extension point of a rule id. Raises UnknownName for a rule that is none."""
    points = {point.rule: point for point in POINTS}
    if rule not in points:
        raise UnknownName(f"{rule} is no extension point; there are: {', '.join(points)}.")
    return points[rule]


@given(parse("the extension {extension} of Send from offers only {phone}"))
def _(scene: Scene, extension: Named, phone: str) -> None:
    register(scene, extension, ready_made.SendFromOnly(scene.e164(phone)))


@given(parse("the extension {extension} of Send to offers only business numbers"))
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.BusinessNumbersOnly())


@given(parse("the extension {extension} of matching gives a number to a contact first"))
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.ContactFirst())


@given(parse("the extension {extension} of matching gives {phone} to {party}"))
def _(scene: Scene, extension: Named, phone: str, party: str) -> None:
    record = scene.party(party)
    owner = UserDocument(record.kind.value, record.id)
    register(scene, extension, ready_made.NumberOf(scene.e164(phone, record), owner))


@given(parse("the extension {extension} of claiming leaves an agent's conversation with the guest"))
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.ClaimedConversationStays())


@given(parse("the extension {extension} of claiming gives the conversation to the party's user"))
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.ClaimedConversationIsTheUsers())


@given(parse("the extension {extension} of recipients refuses numbers of the territory {string}"))
def _(scene: Scene, extension: Named, string: str) -> None:
    register(scene, extension, ready_made.NoNumbersOf(string))


@given(parse("the extension {extension} of recipients takes {string} for {phone}"))
def _(scene: Scene, extension: Named, string: str, phone: str) -> None:
    register(scene, extension, ready_made.ShortNumber(string, scene.e164(phone)))


@given(parse("the extension {extension} of channels offers {string} only for a {party kind}"))
def _(scene: Scene, extension: Named, string: str, party_kind: PartyKind) -> None:
    register(scene, extension, ready_made.ChannelOnlyFor(string, party_kind.value))


@given(parse("the extension {extension} of whom a message is for takes the opened-for user"))
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.OpenedForFirst())


@given(parse("the extension {extension} of point {rule} raises {string}"))
def _(scene: Scene, extension: Named, rule: str, string: str) -> None:
    point = point_of(rule)
    register(scene, extension, ready_made.behaving(point, ready_made.raising(string)))


@given(parse("the extension {extension} of point {rule} never ends"))
def _(scene: Scene, extension: Named, rule: str) -> None:
    point = point_of(rule)
    register(scene, extension, ready_made.behaving(point, ready_made.looping))


@given(parse("the extension {extension} of point {rule} answers nonsense"))
def _(scene: Scene, extension: Named, rule: str) -> None:
    point = point_of(rule)
    nonsense = ready_made.NONSENSE[rule]
    register(scene, extension, ready_made.behaving(point, lambda: nonsense))


@given(parse("the extension {extension} of point {rule} answers something of no use"))
def _(scene: Scene, extension: Named, rule: str) -> None:
    register(scene, extension, ready_made.behaving(point_of(rule), object))


@given(parse("the extension {extension} of point {rule} never applies"))
def _(scene: Scene, extension: Named, rule: str) -> None:
    point = point_of(rule)
    register(
        scene,
        extension,
        ready_made.behaving(point, ready_made.raising("asked all the same"), applies=False),
    )


@then(parse("the refusal of the text says {string}"))
def _(scene: Scene, string: str) -> None:
    reason = scene.refused.reason if scene.refused else "the text was not refused"
    if string not in reason:
        raise AssertionError(f"expected: a refusal that says {string!r}\n     got: {reason}")
    scene.explained()

"""Phrases that register extensions: ready-made ones for every extension point (X-1 to X-6).

``{extension}`` is the name of the extension, with its order or without: ``"VIP lines"``,
``"VIP lines" with order 50``.
"""

from __future__ import annotations

from typing import TypeAlias

from pytest_bdd import given, then

from smslab.simulator.extensions import ready_made
from smslab.simulator.extensions.extension_points import POINTS, ExtensionPoint, UserDocument
from smslab.simulator.extensions.ready_made import Misbehaviour
from smslab.simulator.states import PartyKind
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, UnknownName
from smslab.steps.needs import Need, needs

Named: TypeAlias = tuple[str, int | None]


def register(scene: Scene, extension: Named, implementation: ExtensionPoint) -> None:
    """Register an extension by its name and order."""
    name, order = extension
    scene.instance.register_extension(implementation, name, order)


def misbehaving(
    scene: Scene, extension: Named, rule: str, how: Misbehaviour, said: str = ""
) -> None:
    """Register an extension that is of no help. Raises UnknownName for a rule without a point."""
    points = [point.rule for point in POINTS]
    if rule not in points:
        raise UnknownName(f"{rule} is no extension point; there are: {', '.join(points)}.")
    register(scene, extension, ready_made.misbehaving(rule, how, said))


@given(parse("the extension {extension} of Send from offers only {phone}"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, phone: str) -> None:
    register(scene, extension, ready_made.SendFromOnly(scene.e164(phone)))


@given(parse("the extension {extension} of Send to offers only business numbers"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.BusinessNumbersOnly())


@given(parse("the extension {extension} of matching gives a number to a contact first"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.ContactFirst())


@given(parse("the extension {extension} of matching gives {phone} to {party}"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, phone: str, party: str) -> None:
    record = scene.party(party)
    owner = UserDocument(record.kind.value, record.id)
    register(scene, extension, ready_made.NumberOf(scene.e164(phone, record), owner))


@given(parse("the extension {extension} of claiming leaves an agent's conversation with the guest"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.ClaimedConversationStays())


@given(parse("the extension {extension} of claiming gives the conversation to the party's user"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.ClaimedConversationIsTheUsers())


@given(parse("the extension {extension} of recipients refuses numbers of the territory {string}"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, string: str) -> None:
    register(scene, extension, ready_made.NoNumbersOf(string))


@given(parse("the extension {extension} of recipients takes {string} for {phone}"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, string: str, phone: str) -> None:
    register(scene, extension, ready_made.ShortNumber(string, scene.e164(phone)))


@given(parse("the extension {extension} of channels offers {string} only for a {party kind}"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, string: str, party_kind: PartyKind) -> None:
    register(scene, extension, ready_made.ChannelOnlyFor(string, party_kind.value))


@given(parse("the extension {extension} of whom a message is for takes the opened-for user"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named) -> None:
    register(scene, extension, ready_made.OpenedForFirst())


@given(parse("the extension {extension} of point {rule} raises {string}"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, rule: str, string: str) -> None:
    misbehaving(scene, extension, rule, Misbehaviour.RAISES, string)


@given(parse("the extension {extension} of point {rule} never ends"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, rule: str) -> None:
    misbehaving(scene, extension, rule, Misbehaviour.NEVER_ENDS)


@given(parse("the extension {extension} of point {rule} answers nonsense"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, rule: str) -> None:
    misbehaving(scene, extension, rule, Misbehaviour.ANSWERS_NONSENSE)


@given(parse("the extension {extension} of point {rule} answers something of no use"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, rule: str) -> None:
    misbehaving(scene, extension, rule, Misbehaviour.ANSWERS_OF_NO_USE)


@given(parse("the extension {extension} of point {rule} never applies"))
@needs(Need.EXTENSIONS)
def _(scene: Scene, extension: Named, rule: str) -> None:
    misbehaving(scene, extension, rule, Misbehaviour.NEVER_APPLIES)


@then(parse("the refusal of the text says {string}"))
@needs(Need.INBOUND)
def _(scene: Scene, string: str) -> None:
    reason = scene.refused.reason if scene.refused else "the text was not refused"
    if string not in reason:
        raise AssertionError(f"expected: a refusal that says {string!r}\n     got: {reason}")
    scene.explained()

"""Phrases about people: consumers, contacts, users and agents."""

from __future__ import annotations

from pytest_bdd import given, when

from smslab.simulator.states import PartyKind
from smslab.steps.language.parser import parse
from smslab.steps.language.places import location_of
from smslab.steps.language.scene import Scene, UnknownName
from smslab.steps.needs import Need, needs


@given(parse("{parties} is a {party kind} in {place}"))
@given(parse("{parties} is a {party kind} in the {place}"))
@given(parse("{parties} are {party kind}s in {place}"))
@given(parse("{parties} are {party kind}s in the {place}"))
@needs(Need.PEOPLE)
def _(scene: Scene, parties: tuple[str, ...], party_kind: PartyKind, place: str) -> None:
    location = location_of(scene, place)
    for name in parties:
        introduce(scene, name, party_kind, location)


@given(parse("{parties} is a {party kind}"))
@given(parse("{parties} are {party kind}s"))
@needs(Need.PEOPLE)
def _(scene: Scene, parties: tuple[str, ...], party_kind: PartyKind) -> None:
    for name in parties:
        introduce(scene, name, party_kind, None)


def introduce(
    scene: Scene, name: str, kind: PartyKind, location: str | None, mobile: str | None = None
) -> None:
    """A new party. Raises UnknownName where the scenario has somebody of this name."""
    store = scene.instance.store
    if store.parties.find("name", name) or store.agents.find("name", name):
        raise UnknownName(
            f"there is a {name!r} in this scenario already; names are for one person."
        )
    scene.instance.add_party(kind, name, location=location, mobile_phone=mobile)


@given(parse("{agents} is an agent"))
@given(parse("{agents} are agents"))
@needs(Need.PEOPLE)
def _(scene: Scene, agents: tuple[str, ...]) -> None:
    for name in agents:
        scene.agent_introduced(name)


@given(parse("{agent} is an agent without the role to message customers"))
@needs(Need.PEOPLE)
def _(scene: Scene, agent: str) -> None:
    scene.instance.add_agent(agent, roles=())


@given(parse("{party}'s {phone kind} number is {phone}"))
@when(parse("{party}'s {phone kind} number becomes {phone}"))
@needs(Need.PEOPLE)
def _(scene: Scene, party: str, phone_kind: str, phone: str) -> None:
    record = scene.party(party)
    scene.instance.change_party(record.id, **{f"{phone_kind}_phone": phone})
    scene.number = scene.e164(phone, scene.party(party))


@given(parse("{party}'s {phone kind} number is removed"))
@when(parse("{party}'s {phone kind} number is removed"))
@needs(Need.PEOPLE)
def _(scene: Scene, party: str, phone_kind: str) -> None:
    scene.instance.change_party(scene.party(party).id, **{f"{phone_kind}_phone": None})


@given(parse("{party} is the same person as the user {party}"))
@needs(Need.PEOPLE)
def _(scene: Scene, party: str, party2: str) -> None:
    scene.instance.change_party(scene.party(party).id, linked_user=scene.party(party2).id)


@given(parse("{party} moves to {place}"))
@when(parse("{party} moves to {place}"))
@needs(Need.PEOPLE)
def _(scene: Scene, party: str, place: str) -> None:
    scene.instance.change_party(scene.party(party).id, location=location_of(scene, place))

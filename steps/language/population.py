"""Phrases about many people at once."""

from __future__ import annotations

import phonenumbers
from pytest_bdd import given, then, when

from smslab.simulator.population.people import people
from smslab.simulator.records import Party
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import PartyKind
from smslab.steps.language.parser import parse
from smslab.steps.language.people import introduce
from smslab.steps.language.places import location_of
from smslab.steps.language.scene import Scene, UnknownName, expect
from smslab.steps.needs import Need, needs


@given(parse("{int} consumers in {places}"))
@needs(Need.PEOPLE)
def _(scene: Scene, int: int, places: tuple[str, ...]) -> None:
    for person in people(int, [territory_of(scene, place) for place in places], scene.seed):
        place = places[len(scene.crowd) % len(places)]
        introduce(scene, person.name, PartyKind.CONSUMER, location_of(scene, place), person.mobile)
        scene.crowd.append(scene.party(person.name).id)


def territory_of(scene: Scene, place: str) -> str:
    """The phone territory of a place. Raises UnknownName for a place without one."""
    location = scene.instance.store.locations[location_of(scene, place)]
    territory = scene.instance.territory_of(location.id)
    if territory is None:
        raise UnknownName(f"{place!r} has no phone territory; give it one in a Given step.")
    return territory


def crowd(scene: Scene) -> list[Party]:
    """The people that the scenario counted. Raises UnknownName before there are any."""
    if not scene.crowd:
        raise UnknownName("nobody was counted yet; say for instance: 20 consumers in Germany.")
    return [scene.instance.store.parties[id] for id in scene.crowd]


@when(parse("{agent} texts each of them {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, string: str) -> None:
    scene.act()
    sender = scene.agent(agent).id
    scene.acted(
        *(scene.instance.send(SendRequest(sender, string, party.id)) for party in crowd(scene))
    )


@then(parse("there are {int} consumers with different names and numbers"))
@needs(Need.READ)
def _(scene: Scene, int: int) -> None:
    found = crowd(scene)
    names, numbers = {party.name for party in found}, {party.mobile_phone for party in found}
    expect((int, int, int), (len(found), len(names), len(numbers)), "people, names, numbers")


@then("each of their numbers is a mobile number of where they are")
@needs(Need.READ)
def _(scene: Scene) -> None:
    mobile = {
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
    for party in crowd(scene):
        number = phonenumbers.parse(str(party.mobile_phone))
        territory = scene.instance.territory_of(party.location)
        expect(territory, phonenumbers.region_code_for_number(number), f"{party.name}'s number")
        expect(True, phonenumbers.number_type(number) in mobile, f"{party.mobile_phone} is mobile")


@then(parse("each of them has {int} active SMS interaction/interactions with {agent}"))
@needs(Need.READ)
def _(scene: Scene, int: int, agent: str) -> None:
    scene.agent(agent)
    counts: dict[str | None, list[str | None]] = {}
    for row in scene.instance.store.interactions:
        if row.line is not None and row.state.is_active:
            counts.setdefault(row.party, []).append(row.assigned_to)
    for party in crowd(scene):
        holders = [scene.name_of(id) if id else "nobody" for id in counts.get(party.id, [])]
        expect([agent] * int, holders, f"who has {party.name}'s interactions")


@then("each of their numbers belongs to them")
@needs(Need.READ)
def _(scene: Scene) -> None:
    for party in crowd(scene):
        owned = scene.instance.store.profiles.find("party", party.id)
        expect([party.mobile_phone], [p.number for p in owned], f"{party.name}'s numbers")

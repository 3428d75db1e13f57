"""Phrases that say whose a number is, and whose it was."""

from __future__ import annotations

from pytest_bdd import then

from smslab.simulator.decision_table import NumberStanding
from smslab.simulator.records import SMS, ChannelUserProfile
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.needs import Need, needs


def number(scene: Scene) -> str:
    """The number of the latest send, else the one the scenario spoke of last."""
    if scene.outcomes and (found := scene.outcome.assessment):
        return found.number
    return scene.that_number()


def active_profiles(scene: Scene, number: str) -> list[ChannelUserProfile]:
    """The active profiles of a number on SMS; more than one breaks I-2."""
    return scene.instance.store.profiles.find("active", (number, SMS))


@then(parse("the number belongs to {party}"))
@needs(Need.READ)
def _(scene: Scene, party: str) -> None:
    belongs(scene, number(scene), scene.party(party).name)


@then(parse("{phone} belongs to {party}"))
@needs(Need.READ)
def _(scene: Scene, phone: str, party: str) -> None:
    belongs(scene, scene.e164(phone), scene.party(party).name)


@then("the number belongs to a guest")
@needs(Need.READ)
def _(scene: Scene) -> None:
    belongs(scene, number(scene), "guest")


@then("the number belongs to nobody")
@needs(Need.READ)
def _(scene: Scene) -> None:
    expect([], [p.id for p in active_profiles(scene, number(scene))], "active profiles")


def belongs(scene: Scene, number: str, owner: str) -> None:
    """Raise AssertionError unless exactly one active profile binds the number to this owner."""
    owners = [scene.name_of(profile.party) for profile in active_profiles(scene, number)]
    expect([owner], owners, f"whom {number} belongs to")


@then("the number's profiles have been")
@needs(Need.READ)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(["of", "state"], datatable[0], "the columns of the table")
    profiles = [
        [scene.name_of(profile.party), str(profile.state)]
        for profile in scene.instance.store.profiles
        if profile.number == number(scene)
    ]
    expect(datatable[1:], profiles, f"the profiles of {number(scene)}, oldest first")


@then(parse("for {party} the number is {standing}"))
@needs(Need.VALIDATION)
def _(scene: Scene, party: str, standing: NumberStanding) -> None:
    answer = scene.instance.validate_profile(number(scene), scene.party(party).id)
    expect(standing, answer.standing, f"whose {number(scene)} is for {party}")


@then(parse("for {party} the number is {standing}: {party}"))
@needs(Need.VALIDATION)
def _(scene: Scene, party: str, standing: NumberStanding, party2: str) -> None:
    answer = scene.instance.validate_profile(number(scene), scene.party(party).id)
    expect((standing, party2), (answer.standing, answer.owner_name))

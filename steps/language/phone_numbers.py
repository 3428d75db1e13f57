"""Phrases about the validation of phone numbers, and the places that decide about it."""

from __future__ import annotations

from pytest_bdd import given, then, when

from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.numbers.territories import UnknownTerritory, checked_territory
from smslab.simulator.records import Location
from smslab.steps.language.parser import parse
from smslab.steps.language.places import location_of
from smslab.steps.language.scene import Scene, UnknownName, expect
from smslab.steps.needs import Need, needs


@given(parse("a location {string}"))
@needs(Need.PEOPLE)
def _(scene: Scene, string: str) -> None:
    location_introduced(scene, string)


@given(parse("a location {string} in {string}"))
@needs(Need.PEOPLE)
def _(scene: Scene, string: str, string2: str) -> None:
    parent = location_of(scene, string2)
    scene.instance.change_location(location_introduced(scene, string).id, parent=parent)


@given(parse("the location {string} has the phone territory {string}"))
@when(parse("the location {string} gets the phone territory {string}"))
@needs(Need.PEOPLE)
def _(scene: Scene, string: str, string2: str) -> None:
    try:
        territory = checked_territory(string2)
    except UnknownTerritory as error:
        raise UnknownName(str(error)) from error
    scene.instance.change_location(location_introduced(scene, string).id, territory=territory)


def location_introduced(scene: Scene, name: str) -> Location:
    """The location of this name, new and without parent or territory where there is none yet."""
    found = scene.instance.store.locations.find("name", name)
    return found[0] if found else scene.instance.add_location(name)


@when(parse("the number {phone} is validated for {party}"))
@needs(Need.VALIDATION)
def _(scene: Scene, phone: str, party: str) -> None:
    validate(scene, phone, scene.party(party).id)


@when(parse("the number {phone} is validated for an unknown person"))
@needs(Need.VALIDATION)
def _(scene: Scene, phone: str) -> None:
    validate(scene, phone, None)


def validate(scene: Scene, entry: str, party: str | None) -> None:
    """What the instance answers to an entry; a refusal is left for a Then step to say."""
    scene.act()
    scene.validation = scene.instance.validate_phone_number(entry, party)
    if isinstance(scene.validation, NumberRefusal):
        scene.leave_unexplained(refused(scene.validation))


def validation(scene: Scene) -> PhoneNumber | NumberRefusal:
    """The latest answer. Raises AssertionError before there is one."""
    if scene.validation is None:
        raise AssertionError("no number has been validated yet in this scenario.")
    return scene.validation


def accepted(scene: Scene) -> PhoneNumber:
    """The accepted number. Raises AssertionError, with rule and reason, for a refusal."""
    answer = validation(scene)
    if isinstance(answer, NumberRefusal):
        raise AssertionError(refused(answer))
    return answer


def refusal(scene: Scene) -> NumberRefusal:
    """The refusal. Raises AssertionError for a number that was accepted."""
    answer = validation(scene)
    if isinstance(answer, PhoneNumber):
        raise AssertionError(f"expected: the number is refused\n     got: {answer.e164}")
    return answer


def refused(refusal: NumberRefusal) -> str:
    """A refusal in words."""
    return f"the number was refused by rule {refusal.rule}: {refusal.reason}"


@then(parse("the validated number is {phone}"))
@needs(Need.VALIDATION)
def _(scene: Scene, phone: str) -> None:
    expect(phone, accepted(scene).e164)


@then("the number is accepted unchanged")
@needs(Need.VALIDATION)
def _(scene: Scene) -> None:
    number = accepted(scene)
    expect(
        "accepted unchanged",
        f"converted to {number.e164}" if number.converted else "accepted unchanged",
    )


@then("the number is converted")
@needs(Need.VALIDATION)
def _(scene: Scene) -> None:
    expect("converted", "converted" if accepted(scene).converted else "accepted unchanged")


@then(parse("the number is accepted by rule {rule}"))
@needs(Need.VALIDATION)
def _(scene: Scene, rule: str) -> None:
    expect(rule, accepted(scene).rule, "the number was accepted")


@then(parse("the number belongs to the territory {string}"))
@needs(Need.VALIDATION)
def _(scene: Scene, string: str) -> None:
    number = accepted(scene)
    expect(string, number.territory, f"the territory of {number.e164}")


@then(parse("the number is refused by rule {rule}"))
@needs(Need.VALIDATION)
def _(scene: Scene, rule: str) -> None:
    found = refusal(scene)
    expect(rule, found.rule, refused(found))
    scene.explained()


@then(parse("the refusal suggests {phone}"))
@needs(Need.VALIDATION)
def _(scene: Scene, phone: str) -> None:
    found = refusal(scene)
    suggested = found.reason.rstrip(".").rpartition(" ")[2]
    expect(phone, suggested, refused(found))

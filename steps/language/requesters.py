"""Phrases of a requester who texts the company."""

from __future__ import annotations

from pytest_bdd import then, when

from smslab.simulator.errors import Refused
from smslab.simulator.records import Direction
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect


@when(parse("{party} texts the company {string}"))
def _(scene: Scene, party: str, string: str) -> None:
    record = scene.party(party)
    number = scene.e164(scene.number_of(record), record)
    receive(scene, number, company_number(scene), string)


@when(parse("a text from {phone} reaches {phone}: {string}"))
def _(scene: Scene, phone: str, phone2: str, string: str) -> None:
    receive(scene, scene.e164(phone), scene.e164(phone2), string)


@when(parse("a text from {phone} reaches {phone} with the message id {word}: {string}"))
def _(scene: Scene, phone: str, phone2: str, word: str, string: str) -> None:
    receive(scene, scene.e164(phone), scene.e164(phone2), string, word)


def company_number(scene: Scene) -> str:
    """The first number of the company."""
    return next(iter(scene.instance.store.provider_numbers)).number


def receive(
    scene: Scene, number: str, provider_number: str, body: str, provider_id: str | None = None
) -> None:
    """A text arrives; a refusal must be said by the scenario."""
    scene.act()
    scene.number = number
    scene.refused = None
    try:
        scene.instance.requester_texts(number, provider_number, body, provider_id)
    except Refused as refusal:
        scene.refused = refusal
        scene.leave_unexplained(f"the text was refused: {refusal}")


@then(parse("the text is refused by rule {rule}"))
def _(scene: Scene, rule: str) -> None:
    expect(rule, scene.refused.rule if scene.refused else "no refusal")
    expect(True, scene.is_as_before(), "a refused text changes nothing")
    scene.explained()


@then(parse("row {rule} of the requester's table applies"))
def _(scene: Scene, rule: str) -> None:
    expect(rule, decided(scene, "row"), "the row")


@then(parse("the requester is matched by rule {rule}"))
def _(scene: Scene, rule: str) -> None:
    expect(rule, decided(scene, "profile_rule"), "the rule that matched the number")


def decided(scene: Scene, field: str) -> object:
    """A field of the decision that the latest command put into the journal."""
    events = scene.instance.journal.events[scene.began_at :]
    values = [e.new for e in events if e.entity == "decision" and e.field == field]
    return values[-1] if values else None


@then(parse("{int} text(s) from that number has/have been received"))
def _(scene: Scene, int: int) -> None:
    received = [
        message
        for message in scene.instance.store.messages
        if message.direction is Direction.INBOUND
        and message.requester_number == scene.that_number()
    ]
    expect(int, len(received), f"texts from {scene.that_number()}")

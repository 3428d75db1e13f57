"""Phrases of a requester who texts the company."""

from __future__ import annotations

from pytest_bdd import then, when

from smslab.simulator.records import Interaction
from smslab.simulator.states import Direction, InteractionState
from smslab.steps.language.outcomes import expect_said
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.language.states import assignee
from smslab.steps.language.virtual_agent import fault
from smslab.steps.needs import Need, needs


@when(parse("{party} texts the company {string}"))
@needs(Need.INBOUND)
def _(scene: Scene, party: str, string: str) -> None:
    record = scene.party(party)
    number = scene.e164(scene.number_of(record), record)
    receive(scene, number, scene.company_number(), string)


@when(parse("{party} texts the company at {phone} {string}"))
@needs(Need.INBOUND)
def _(scene: Scene, party: str, phone: str, string: str) -> None:
    record = scene.party(party)
    receive(scene, scene.e164(scene.number_of(record), record), scene.e164(phone), string)


@when(parse("a text from {phone} reaches {phone}: {string}"))
@needs(Need.INBOUND)
def _(scene: Scene, phone: str, phone2: str, string: str) -> None:
    receive(scene, scene.e164(phone), scene.e164(phone2), string)


@when(parse("a text from {phone} reaches {phone} with the message id {word}: {string}"))
@needs(Need.INBOUND)
def _(scene: Scene, phone: str, phone2: str, word: str, string: str) -> None:
    receive(scene, scene.e164(phone), scene.e164(phone2), string, word)


def receive(
    scene: Scene, number: str, provider_number: str, body: str, provider_id: str | None = None
) -> None:
    """A text arrives; a refusal, or a fault of the virtual agent, must be said by the scenario."""
    scene.number = number
    scene.attempt(
        lambda: scene.instance.requester_texts(number, provider_number, body, provider_id),
        "the text",
    )
    if failed := fault(scene):
        scene.leave_unexplained(f"the virtual agent failed: {failed}")


@then(parse("the text is refused by rule {rule}"))
@needs(Need.INBOUND)
def _(scene: Scene, rule: str) -> None:
    expect(rule, scene.refused.rule if scene.refused else "no refusal")
    expect(True, scene.is_as_before(), "a refused text changes nothing")
    scene.explained()


@then(parse("row {rule} of the requester's table applies"))
@needs(Need.INTERNALS)
def _(scene: Scene, rule: str) -> None:
    expect(rule, decided(scene, "row"), "the row")


@then(parse("the requester is matched by rule {rule}"))
@needs(Need.INTERNALS)
def _(scene: Scene, rule: str) -> None:
    expect(rule, decided(scene, "profile_rule"), "the rule that matched the number")


def decided(scene: Scene, field: str) -> object:
    """A field of the decision that the latest command put into the journal."""
    events = scene.instance.journal.events[scene.began_at :]
    values = [e.new for e in events if e.entity == "decision" and e.field == field]
    return values[-1] if values else None


@then(parse("{int} text/texts from that number has/have been received"))
@needs(Need.READ)
def _(scene: Scene, int: int) -> None:
    received = [
        message
        for message in scene.instance.store.messages
        if message.direction is Direction.INBOUND
        and message.requester_number == scene.that_number()
    ]
    expect(int, len(received), f"texts from {scene.that_number()}")


@then(parse("the interaction with {party} through {phone} is with the virtual agent"))
@needs(Need.READ)
def _(scene: Scene, party: str, phone: str) -> None:
    found = through(scene, party, phone)
    expect((True, "nobody"), (found.with_virtual_agent, assignee(scene, found)), found.id)


@then(parse("the interaction with {party} through {phone} is assigned to {agent}"))
@needs(Need.READ)
def _(scene: Scene, party: str, phone: str, agent: str) -> None:
    found = through(scene, party, phone)
    expect(agent, assignee(scene, found), f"who has {found.id}")


@then(parse("the interaction with {party} through {phone} is {interaction state}"))
@needs(Need.READ)
def _(scene: Scene, party: str, phone: str, interaction_state: InteractionState) -> None:
    found = through(scene, party, phone)
    expect(interaction_state, found.state, f"the state of {found.id}")


@then(parse("the conversation with {party} through {phone} reads"))
@needs(Need.READ)
def _(scene: Scene, party: str, phone: str, datatable: list[list[str]]) -> None:
    expect_said(scene, through(scene, party, phone), datatable)


@then("the conversation with the guest reads")
@needs(Need.READ)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect_said(scene, scene.interaction_with(None), datatable)


def through(scene: Scene, party: str, phone: str) -> Interaction:
    """The latest SMS interaction with a party through a number of the company.

    Raises AssertionError where there is none.
    """
    number = scene.e164(phone)
    of_party = scene.sms_interactions(scene.party(party).id)
    found = [row for row in of_party if row.provider_number == number]
    if not found:
        others = ", ".join(sorted({str(row.provider_number) for row in of_party})) or "no number"
        raise AssertionError(
            f"there is no SMS interaction with {party} through {number}; there is through {others}."
        )
    return found[-1]

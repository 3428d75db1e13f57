"""Phrases that say what came of a send: the row, the warning, the refusal, the message."""

from __future__ import annotations

from pytest_bdd import then

from smslab.simulator.errors import Refused
from smslab.simulator.records import Interaction, Message
from smslab.simulator.sending import Assessment
from smslab.simulator.states import MessageState
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.needs import Need, needs

CARRIED_OUT = {"sent", "undone", "received"}


def assessment(scene: Scene) -> Assessment:
    """What the instance made of the latest send. Raises AssertionError where it was refused."""
    outcome = scene.outcome
    if outcome.assessment is None:
        raise AssertionError(f"the send was refused: {outcome.refusal}")
    return outcome.assessment


def refusal(scene: Scene) -> Refused:
    """Why the latest send was refused. Raises AssertionError where it was not."""
    outcome = scene.outcome
    if outcome.refusal is None:
        raise AssertionError(f"expected: the send is refused\n     got: it was {outcome.status}")
    return outcome.refusal


@then(parse("decision row {rule} applies"))
@needs(Need.SEND)
def _(scene: Scene, rule: str) -> None:
    statuses = {outcome.status for outcome in scene.outcomes}
    row = assessment(scene).decision.row.id
    if not statuses <= CARRIED_OUT:
        raise AssertionError(
            f"expected: row {rule} is carried out\n"
            f"     got: the send was {scene.outcome.status} (row {row} would apply)"
        )
    expect(f"row {rule}", f"row {row}")


@then(parse("decision row {rule} would apply"))
@needs(Need.SEND)
def _(scene: Scene, rule: str) -> None:
    expect("previewed or warned", _waiting(scene.outcome.status))
    expect(f"row {rule}", f"row {assessment(scene).decision.row.id}")


def _waiting(status: str) -> str:
    return "previewed or warned" if status in {"previewed", "warned"} else status


@then(parse("decision row {rule} applies to {agent}, row {rule} to {agent}"))
@needs(Need.SEND)
def _(scene: Scene, rule: str, agent: str, rule2: str, agent2: str) -> None:
    got = {
        scene.name_of(outcome.request.agent): outcome.assessment.decision.row.id
        for outcome in scene.outcomes
        if outcome.assessment
    }
    expect({agent: rule, agent2: rule2}, got)


@then(parse("{agent} is warned that the number is currently associated with {party}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str) -> None:
    found = assessment(scene)
    expect(
        "previewed or warned", _waiting(scene.outcome.status), "the send must wait for the agent"
    )
    expect(agent, scene.name_of(scene.request.agent), "who was warned")
    if found.warning is None:
        raise AssertionError(
            f"expected: a warning that names {party}\n     got: no warning; the number is "
            f"{found.situation.standing.value}"
        )
    expect(party, found.standing.owner_name, "whom the warning names")
    expect(True, f"associated with {party}." in found.warning, "what the warning says")
    scene.explained()


@then(parse("{agent} is not warned"))
@needs(Need.SEND)
def _(scene: Scene, agent: str) -> None:
    expect(agent, scene.name_of(scene.request.agent), "who sent")
    expect(None, assessment(scene).warning, "the warning")


@then(parse("the send is refused by rule {rule}"))
@needs(Need.SEND)
def _(scene: Scene, rule: str) -> None:
    found = refusal(scene)
    expect(f"rule {rule}", f"rule {found.rule}", f"the refusal says: {found.reason}")
    expect(True, scene.is_as_before(), "a refused send changes nothing")
    scene.explained()


@then(parse("the refusal says {string}"))
@needs(Need.SEND)
def _(scene: Scene, string: str) -> None:
    reason = refusal(scene).reason
    if string not in reason:
        raise AssertionError(f"expected: a refusal that says {string!r}\n     got: {reason}")
    scene.explained()


@then("nothing has changed")
@needs(Need.READ)
def _(scene: Scene) -> None:
    if scene.is_as_before():
        return
    changes = [
        f"{e.entity} {e.id}: {e.field} {e.old} -> {e.new}"
        for e in scene.instance.journal.events[scene.began_at :]
        if e.entity not in {"decision", "invariant"}
    ]
    raise AssertionError("expected: every record as before\n     got: " + "; ".join(changes))


@then(parse("the message is {message state}"))
@needs(Need.READ)
def _(scene: Scene, message_state: MessageState) -> None:
    expect(message_state, sent_message(scene).state)


@then(parse("the message is {message state} with error {string}"))
@needs(Need.READ)
def _(scene: Scene, message_state: MessageState, string: str) -> None:
    found = sent_message(scene)
    expect((str(message_state), string), (str(found.state), found.error_code))


def sent_message(scene: Scene) -> Message:
    """The message of the latest send. Raises AssertionError where none was sent."""
    outcome = scene.outcome
    if outcome.message is None:
        raise AssertionError(f"expected: a message\n     got: none; the send was {outcome.status}")
    return scene.instance.store.messages[outcome.message]


@then(parse("the message goes out from {phone} to {phone}"))
@needs(Need.READ)
def _(scene: Scene, phone: str, phone2: str) -> None:
    found = sent_message(scene)
    expect(f"{phone} to {phone2}", f"{found.provider_number} to {found.requester_number}")


@then(parse("the provider's error {string} has undone the send"))
@needs(Need.SEND)
def _(scene: Scene, string: str) -> None:
    expect(("undone", string), (scene.outcome.status, scene.outcome.error_code))


@then("the message goes into the existing interaction")
@needs(Need.SEND)
def _(scene: Scene) -> None:
    existing = assessment(scene).existing
    expect(existing.id if existing else "an existing interaction", sent_message(scene).interaction)


@then(parse("the conversation with {party} reads"))
@needs(Need.READ)
def _(scene: Scene, party: str, datatable: list[list[str]]) -> None:
    expect_said(scene, scene.interaction_with(scene.party(party).id), datatable)


def expect_said(scene: Scene, interaction: Interaction, datatable: list[list[str]]) -> None:
    """Raise AssertionError unless a conversation reads as a table of ``from`` and ``text`` says."""
    messages = scene.instance.store.messages.find("interaction", interaction.id)
    expect(["from", "text"], datatable[0], "the columns of the table")
    said = [[scene.name_of(message.author), message.body] for message in messages]
    expect(datatable[1:], said, f"what was said in {interaction.id}")

"""Phrases about the provider: faulty numbers, outages, limits, and what became of messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from pytest_bdd import given, then, when

from smslab.simulator.carriers.destinations import Condition
from smslab.simulator.records import SMS, Message
from smslab.simulator.segments import Encoding, segmented
from smslab.simulator.states import Direction, MessageState
from smslab.steps.language.outcomes import sent_message
from smslab.steps.language.parameters import define
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.language.sending import request, send
from smslab.steps.needs import Need, needs

define("condition", "|".join(Condition), Condition)
define("encoding", "|".join(Encoding), Encoding)


def number_of(scene: Scene, party: str) -> str:
    """A party's number in E.164."""
    record = scene.party(party)
    return scene.e164(scene.number_of(record), record)


def provider(scene: Scene) -> str:
    """The id of the provider of the SMS channel."""
    return scene.instance.store.providers.find("channel", SMS)[0].id


@given(parse("{party}'s number is {condition}"))
@when(parse("{party}'s number becomes {condition}"))
@needs(Need.PROVIDER)
def _(scene: Scene, party: str, condition: Condition) -> None:
    scene.instance.set_condition(number_of(scene, party), condition)


@when(parse("{party}'s number is well again"))
@needs(Need.PROVIDER)
def _(scene: Scene, party: str) -> None:
    number = number_of(scene, party)
    scene.attempt(lambda: scene.instance.clear_condition(number), "the change at the provider")


@given(parse("messages to {party} come back with error {string}"))
@needs(Need.PROVIDER)
def _(scene: Scene, party: str, string: str) -> None:
    scene.instance.fail_messages_to(number_of(scene, party), string)


@given(parse("the provider reports every delivery after {duration}"))
@needs(Need.PROVIDER)
def _(scene: Scene, duration: timedelta) -> None:
    scene.instance.deliver_in(duration)


@given("the provider has an outage")
@when("the provider has an outage")
@needs(Need.PROVIDER)
def _(scene: Scene) -> None:
    scene.attempt(
        lambda: scene.instance.begin_outage(provider(scene)), "the change at the provider"
    )


@when("the outage ends")
@needs(Need.PROVIDER)
def _(scene: Scene) -> None:
    scene.attempt(lambda: scene.instance.end_outage(provider(scene)), "the change at the provider")


@given(parse("{phone} sends {int} segment/segments per second"))
@when(parse("{phone} sends {int} segment/segments per second from now on"))
@needs(Need.PROVIDER)
def _(scene: Scene, phone: str, int: int) -> None:
    number = scene.e164(phone)
    scene.attempt(
        lambda: scene.instance.limit_throughput(number, int), "the change at the provider"
    )


@when(parse("{phone} sends without a limit from now on"))
@needs(Need.PROVIDER)
def _(scene: Scene, phone: str) -> None:
    number = scene.e164(phone)
    scene.attempt(
        lambda: scene.instance.limit_throughput(number, None), "the change at the provider"
    )


@then(parse("the change at the provider is refused because {string}"))
@needs(Need.PROVIDER)
def _(scene: Scene, string: str) -> None:
    expect(string, scene.refused.reason if scene.refused else "no refusal")
    expect(True, scene.is_as_before(), "a refused change changes nothing")
    scene.explained()


@when(parse("{agent} texts one after the other"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, datatable: list[list[str]]) -> None:
    expect(["to", "text"], datatable[0], "the columns of the table")
    for party, text in datatable[1:]:
        send(scene, request(scene, agent, party, text))


@when(parse("{agent} texts {party} {int} times {string}, then {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, int: int, string: str, string2: str) -> None:
    send(scene, request(scene, agent, party, string * int + string2))


@then("the messages have left")
@needs(Need.READ)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(["at", "to", "text"], datatable[0], "the columns of the table")
    messages = scene.instance.store.messages
    left = [
        [time_of_day(event.time), recipient(scene, messages[event.id]), messages[event.id].body]
        for event in scene.instance.journal.events
        if event.entity == "message" and event.field == "state" and event.new == MessageState.SENT
    ]
    expect(datatable[1:], left, "what the provider has sent, and when")


def time_of_day(time: datetime) -> str:
    """The time of day, with the digits after the second that it needs."""
    clock = time.time().isoformat()
    return clock.rstrip("0") if "." in clock else clock


def recipient(scene: Scene, message: Message) -> str:
    """The name of the party that a message is for."""
    return scene.name_of(scene.instance.store.interactions[message.interaction].party)


@then("these messages wait at the provider")
@needs(Need.PROVIDER)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(["from", "to", "text"], datatable[0], "the columns of the table")
    expect(datatable[1:], waiting(scene), "what waits")


@then("no message waits at the provider")
@needs(Need.PROVIDER)
def _(scene: Scene) -> None:
    expect([], waiting(scene), "what waits")


def waiting(scene: Scene) -> list[list[str]]:
    """The messages that wait at the provider, by the number that they go out from."""
    messages = scene.instance.store.messages
    return [
        [number, recipient(scene, messages[id]), messages[id].body]
        for number, ids in scene.instance.waiting_messages().items()
        for id in ids
    ]


@then(parse("the messages to {party} are"))
@needs(Need.READ)
def _(scene: Scene, party: str, datatable: list[list[str]]) -> None:
    expect(["text", "state", "error"], datatable[0], "the columns of the table")
    got = [
        [message.body, str(message.state), message.error_code or "-"]
        for message in scene.instance.store.messages
        if message.direction is Direction.OUTBOUND and recipient(scene, message) == party
    ]
    expect(datatable[1:], got, f"the messages to {party}")


@then(
    parse(
        "the provider has changed the message from {message state} to {message state} "
        + "by rule {rule}"
    )
)
@needs(Need.INTERNALS)
def _(scene: Scene, message_state: MessageState, message_state2: MessageState, rule: str) -> None:
    found = sent_message(scene)
    changes = [
        (event.old, event.new, event.rule)
        for event in scene.instance.journal.events
        if event.id == found.id and event.field == "state" and event.actor == "provider"
    ]
    expect((str(message_state), str(message_state2), rule), changes[-1] if changes else "nothing")


@then(parse("the message takes {int} segment/segments in {encoding}"))
@needs(Need.INTERNALS)
def _(scene: Scene, int: int, encoding: Encoding) -> None:
    found = sent_message(scene)
    expect((int, encoding), (found.segments, segmented(found.body).encoding), "segments")
    recorded = [
        event.new
        for event in scene.instance.journal.events
        if event.id == found.id and event.field == "segments"
    ]
    expect([int], recorded, "the segments in the journal")


@then("the segments of the message are")
@needs(Need.READ)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(["characters", "begins with", "ends with"], datatable[0], "the columns of the table")
    parts = segmented(sent_message(scene).body).segments
    got = [
        [str(len(part)), part[: len(row[1])], part[-len(row[2]) :]]
        for part, row in zip(parts, datatable[1:], strict=False)
    ]
    expect(len(datatable) - 1, len(parts), "how many segments there are")
    expect(datatable[1:], got, "the segments")

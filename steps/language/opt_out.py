"""Phrases about keywords: opting out at the provider, update notifications at the instance."""

from __future__ import annotations

from pytest_bdd import given, then

from smslab.simulator.carriers.records import KeywordAnswer
from smslab.simulator.states import MessageState
from smslab.steps.language.carriers import number_of
from smslab.steps.language.parameters import define
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.needs import Need, needs

define("on or off", "on|off", lambda text: text == "on")


@given(parse("{party} has texted the company {string}"))
@needs(Need.INBOUND)
def _(scene: Scene, party: str, string: str) -> None:
    scene.instance.requester_texts(number_of(scene, party), scene.company_number(), string)


@then(parse("{party} has opted out of {phone}"))
@needs(Need.PROVIDER)
def _(scene: Scene, party: str, phone: str) -> None:
    expect(True, is_opted_out(scene, party, phone), f"{party} has opted out of {phone}")


@then(parse("{party} has not opted out of {phone}"))
@needs(Need.PROVIDER)
def _(scene: Scene, party: str, phone: str) -> None:
    expect(False, is_opted_out(scene, party, phone), f"{party} has opted out of {phone}")


def is_opted_out(scene: Scene, party: str, phone: str) -> bool:
    """Whether the provider holds that a party takes no messages from a number."""
    return scene.instance.is_opted_out(number_of(scene, party), scene.e164(phone))


@then(parse("the provider has answered {string}"))
@needs(Need.INTERNALS)
def _(scene: Scene, string: str) -> None:
    expect([string], [answer.keyword for answer in answers(scene, "provider")], "answers")


@then("the provider has answered nothing")
@needs(Need.INTERNALS)
def _(scene: Scene) -> None:
    expect([], answers(scene, "provider"), "the provider's answers")


@then(parse("the instance has answered that update notifications are {on or off}"))
@needs(Need.INTERNALS)
def _(scene: Scene, on_or_off: bool) -> None:
    state = "on" if on_or_off else "off"
    said = [(answer.state, answer.body) for answer in answers(scene, "instance")]
    expect([(MessageState.SENT, f"Update notifications are {state}.")], said, "answers")


@then(parse("the provider has refused the instance's answer with error {string}"))
@needs(Need.INTERNALS)
def _(scene: Scene, string: str) -> None:
    got = [(answer.state, answer.error_code) for answer in answers(scene, "instance")]
    expect([(MessageState.FAILED, string)], got, "the instance's answers")


@then("the instance has answered nothing")
@needs(Need.INTERNALS)
def _(scene: Scene) -> None:
    expect([], answers(scene, "instance"), "the instance's answers")


def answers(scene: Scene, answered_by: str) -> list[KeywordAnswer]:
    """The answers to the latest text that were keywords, as the journal has them."""
    store = scene.instance.store.keyword_answers
    return [
        store[event.id]
        for event in scene.instance.journal.events[scene.began_at :]
        if event.entity == "keyword answer"
        and event.field == "answered_by"
        and event.new == answered_by
    ]


@then(parse("update notifications are {on or off} for {party}"))
@needs(Need.INTERNALS)
def _(scene: Scene, on_or_off: bool, party: str) -> None:
    expect(on_or_off, scene.party(party).update_notifications, f"update notifications for {party}")

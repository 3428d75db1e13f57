"""Phrases about the company: its channels, providers, numbers and settings."""

from __future__ import annotations

from pytest_bdd import given, when

from smslab.simulator.records import SMS, Channel
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene
from smslab.steps.needs import Need, needs


@given(parse("the company texts from {phone}"))
@needs(Need.COMPANY)
def _(scene: Scene, phone: str) -> None:
    add_number(scene, sms(scene), phone)


@given(parse("the company texts from {phone}, where requesters wait in the queue"))
@needs(Need.COMPANY)
def _(scene: Scene, phone: str) -> None:
    add_number(scene, sms(scene), phone, answered_by="queue")


@given("the company has no provider")
@needs(Need.COMPANY)
def _(scene: Scene) -> None:
    sms(scene)


@given(parse("the company has the messaging channel {string} in position {int} with {phone}"))
@needs(Need.COMPANY)
def _(scene: Scene, string: str, int: int, phone: str) -> None:
    channel = scene.instance.add_channel(string)
    scene.instance.configure_channel(string, order=int)
    add_number(scene, channel, phone)


@given(parse("the company has the chat channel {string} with {phone}"))
@needs(Need.COMPANY)
def _(scene: Scene, string: str, phone: str) -> None:
    add_number(scene, scene.instance.add_channel(string, kind="chat"), phone)


@given(parse("the SMS channel is in position {int}"))
@needs(Need.COMPANY)
def _(scene: Scene, int: int) -> None:
    scene.instance.configure_channel(SMS, order=int)


@given(parse("the channel {string} is inactive"))
@needs(Need.COMPANY)
def _(scene: Scene, string: str) -> None:
    scene.instance.configure_channel(string, active=False)


@given("the SMS channel allows no number but the party's")
@needs(Need.COMPANY)
def _(scene: Scene) -> None:
    scene.instance.configure_channel(SMS, allows_other=False)


@given("the SMS channel is offered only for parties with an active profile")
@when("only parties with an active profile are offered the SMS channel from now on")
@needs(Need.COMPANY)
def _(scene: Scene) -> None:
    scene.instance.configure_channel(SMS, needs_active_profile=True)


@given(parse("the SMS channel takes attachments of type {string}"))
@needs(Need.COMPANY)
def _(scene: Scene, string: str) -> None:
    kinds = tuple(f"{kind.strip()}/" for kind in string.split(","))
    scene.instance.configure_channel(SMS, attachment_types=kinds)


@given(parse("the provider refuses messages to {party} with error {string}"))
@needs(Need.PROVIDER)
def _(scene: Scene, party: str, string: str) -> None:
    record = scene.party(party)
    number = scene.e164(scene.number_of(record), record)
    scene.instance.refuse_messages_to(number, string)


@given(parse("the setting {string} is {string}"))
@when(parse("the setting {string} becomes {string}"))
@needs(Need.SETTINGS)
def _(scene: Scene, string: str, string2: str) -> None:
    scene.instance.change_setting(string, string2)


def sms(scene: Scene) -> Channel:
    """The SMS channel, new where the scenario has none."""
    found = scene.instance.store.channels.find("name", SMS)
    return found[0] if found else scene.instance.add_channel(SMS)


def add_number(
    scene: Scene, channel: Channel, number: str, answered_by: str = "virtual agent"
) -> None:
    """Configure a number of the company on a channel."""
    providers = scene.instance.store.providers.find("channel", channel.name)
    provider = providers[0] if providers else scene.instance.add_provider("Twilio", channel.name)
    scene.instance.add_provider_number(number, provider.id, answered_by)

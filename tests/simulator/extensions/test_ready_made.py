"""Ready-made extensions travel as descriptions, and do the same when they arrive."""

from __future__ import annotations

import json

import pytest

from smslab.simulator.errors import Refused
from smslab.simulator.extensions.extension_points import POINTS, ExtensionPoint, UserDocument
from smslab.simulator.extensions.extensions import ExtensionFailed
from smslab.simulator.extensions.ready_made import (
    BusinessNumbersOnly,
    ChannelOnlyFor,
    ClaimedConversationIsTheUsers,
    ClaimedConversationStays,
    ContactFirst,
    Misbehaviour,
    NoNumbersOf,
    NumberOf,
    OpenedForFirst,
    SendFromOnly,
    ShortNumber,
    described,
    misbehaving,
    of_description,
)
from smslab.simulator.sending import SendRequest
from tests.simulator.company import company

EVERY = [
    SendFromOnly("+4930901820"),
    BusinessNumbersOnly(),
    ContactFirst(),
    NumberOf("+4915123456789", UserDocument("consumer", "consumer-1")),
    ClaimedConversationStays(),
    ClaimedConversationIsTheUsers(),
    NoNumbersOf("FR"),
    ShortNumber("warehouse", "+4930123457"),
    ChannelOnlyFor("SMS", "contact"),
    OpenedForFirst(),
]


@pytest.mark.parametrize("extension", EVERY, ids=lambda each: type(each).__name__)
def test_what_is_described_is_made_again(extension: ExtensionPoint) -> None:
    made = of_description(json.loads(json.dumps(described(extension))))
    assert type(made) is type(extension)
    assert made == extension


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.rule)
@pytest.mark.parametrize("how", Misbehaviour)
def test_misbehaviour_travels_too(point: type[ExtensionPoint], how: Misbehaviour) -> None:
    extension = misbehaving(point.rule, how, "out of order")
    made = of_description(json.loads(json.dumps(described(extension))))
    assert isinstance(made, point)
    assert described(made) == described(extension)


def test_what_arrives_misbehaves() -> None:
    here = company()
    described_one = described(misbehaving("X-4", Misbehaviour.RAISES, "out of order"))
    here.instance.register_extension(of_description(described_one), "Travelled", 1)
    outcome = here.instance.send(SendRequest(here.bill, "Hello", here.ana))
    assert isinstance(outcome.refusal, Refused)
    assert isinstance(outcome.refusal, ExtensionFailed)
    assert "'Travelled' raised ValueError: out of order" in outcome.refusal.reason


def test_other_code_does_not_travel() -> None:
    class Mine(BusinessNumbersOnly): ...

    with pytest.raises(ValueError, match="Mine is no ready-made extension"):
        described(Mine())


@pytest.mark.parametrize(
    "description",
    [
        {},
        {"kind": "SendFromOnly"},
        {"kind": "SendFromOnly", "number": 5},
        {"kind": "SendFromOnly", "number": "+1", "more": "x"},
        {"kind": "misbehaves", "rule": "X-9", "how": "raises"},
        {"kind": "misbehaves", "rule": "X-1", "how": "sulks"},
        {"kind": "NumberOf", "number": "+1", "owner": {"table": "consumer"}},
        {"kind": ["SendFromOnly"]},
    ],
)
def test_a_description_of_nothing_is_refused(description: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no ready-made extension is described by"):
        of_description(description)

"""What waits at the carrier: messages of the official client and of the instance, in one queue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smslab.simulator.http.auth.accounts import DEVELOPMENT_SID, DEVELOPMENT_TOKEN
from smslab.simulator.http.settings import Settings
from tests.simulator.http.asking import ANAS, BENS, COMPANY, Served
from tests.simulator.http.asking import served as serving
from tests.simulator.http.twilio_client import TEST_NUMBER, client, refusal


@pytest.fixture
def limited(served: Served) -> Served:
    """A served company whose number sends one segment in a second."""
    served.told("/control/faults", provider_number=COMPANY, segments_per_second=1)
    return served


def send(served: Served, body: str = "x", sender: str = COMPANY) -> str:
    """Send to Ana by the official client; the SID."""
    sent = client(served).messages.create(to=ANAS, from_=sender, body=body)
    assert sent.status == "queued"
    return str(sent.sid)


def states(served: Served, *sids: str) -> list[str]:
    """The states of messages, as the official client reads them."""
    return [client(served).messages(sid).fetch().status for sid in sids]


def listed(served: Served) -> Any:
    """All messages, as they are listed."""
    path = f"/2010-04-01/Accounts/{DEVELOPMENT_SID}/Messages.json"
    return served.get(path, auth=(DEVELOPMENT_SID, DEVELOPMENT_TOKEN)).json()["messages"]


def test_a_limited_number_sends_one_after_the_other(limited: Served) -> None:
    sids = [send(limited) for _ in range(3)]
    assert states(limited, *sids) == ["sent", "queued", "queued"]
    assert client(limited).messages(sids[1]).fetch().date_sent is None
    limited.told("/control/clock", advance=1)
    assert states(limited, *sids) == ["sent", "sent", "queued"]
    limited.told("/control/clock", advance=1)
    assert states(limited, *sids) == ["sent", "sent", "sent"]
    dates = [client(limited).messages(sid).fetch().date_sent for sid in sids]
    assert [(each - dates[0]).seconds for each in dates] == [0, 1, 2]


def test_long_texts_take_longer(limited: Served) -> None:
    sids = [send(limited, "x" * 400), send(limited)]
    assert client(limited).messages(sids[0]).fetch().num_segments == "3"
    limited.told("/control/clock", advance=2)
    assert states(limited, *sids) == ["sent", "queued"]
    limited.told("/control/clock", advance=1)
    assert states(limited, *sids) == ["sent", "sent"]


def test_the_instance_and_the_client_wait_in_one_queue(limited: Served) -> None:
    first = send(limited)
    limited.told("/control/agents/Bill/send", party="Ana", message="From Bill")
    last = send(limited)
    (message,) = limited.world.instance.store.messages
    assert limited.world.instance.waiting_messages() == {COMPANY: (message.id,)}

    def all_states() -> list[str]:
        stored = limited.world.instance.store.messages[message.id].state.value
        one, other = states(limited, first, last)
        return [one, stored, other]

    assert all_states() == ["sent", "queued", "queued"]
    limited.told("/control/clock", advance=1)
    assert all_states() == ["sent", "sent", "queued"]
    assert limited.world.instance.waiting_messages() == {}
    limited.told("/control/clock", advance=1)
    assert all_states() == ["sent", "sent", "sent"]


def test_other_numbers_do_not_wait(limited: Served) -> None:
    send(limited)
    assert states(limited, send(limited, sender=TEST_NUMBER)) == ["sent"]


def test_an_outage_keeps_the_queue_and_its_end_empties_it(limited: Served) -> None:
    limited.told("/control/faults", outage_of="provider-1")
    sids = [send(limited) for _ in range(2)]
    limited.told("/control/clock", advance=60)
    assert states(limited, *sids) == ["queued", "queued"]
    limited.told("/control/faults", end_of_outage_of="provider-1")
    assert states(limited, *sids) == ["sent", "queued"]
    limited.told("/control/faults", provider_number=COMPANY, segments_per_second=None)
    assert states(limited, *sids) == ["sent", "sent"]


def test_what_waits_too_long_is_given_up(served: Served) -> None:
    served.ask("PATCH", "/control/policy", json={"message_validity": "10 minutes"})
    served.told("/control/faults", outage_of="provider-1")
    sid = send(served)
    served.told("/control/clock", advance="10 minutes")
    failed = client(served).messages(sid).fetch()
    assert (failed.status, failed.error_code, failed.date_sent) == ("failed", 30036, None)
    served.told("/control/faults", end_of_outage_of="provider-1")
    assert states(served, sid) == ["failed"]


def test_a_full_queue_takes_no_more(limited: Served) -> None:
    limited.ask("PATCH", "/control/policy", json={"message_validity": "2 seconds"})
    send(limited)
    send(limited)
    assert refusal(limited, BENS, COMPANY) == 21611
    limited.told("/control/clock", advance=1)
    send(limited)


def test_a_restarted_server_has_the_same_queue(tmp_path: Path) -> None:
    settings = Settings(control=True, demo=True, state_file=tmp_path / "state")
    with serving(settings) as first:
        first.told("/control/faults", provider_number=COMPANY, segments_per_second=1)
        sids = [send(first, f"message {number}") for number in range(4)]
        first.told("/control/agents/Bill/send", party="Ana", message="From Bill")
        first.told("/control/clock", advance=1.5)
        before = listed(first)
        lines = first.lines()
    with serving(settings) as again:
        assert len(before) == 5
        assert states(again, *sids) == ["sent", "sent", "queued", "queued"]
        assert listed(again) == before
        assert again.lines() == lines
        again.told("/control/clock", advance=0.5)
        assert states(again, *sids) == ["sent", "sent", "sent", "queued"]
        assert send(again) not in sids

"""The control area: there only when asked for; everything of an instance can be done there."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from smslab.simulator.http import control
from smslab.simulator.http.settings import Settings
from tests.simulator.http.asking import ANAS, BENS, COMPANY, Served, problem
from tests.simulator.http.asking import served as serving

PATHS = (
    ("POST", "/control/reset"),
    ("GET", "/control/state"),
    ("GET", "/control/journal"),
    ("POST", "/control/commands/add_agent"),
    ("PATCH", "/control/policy"),
    ("POST", "/control/agents/Bill/send"),
)


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_it_is_not_there_unless_asked_for(method: str, path: str) -> None:
    with serving(Settings(demo=True)) as plain:
        problem(plain.ask(method, path, json={}), 404)


def test_a_story_of_an_agent_by_names(served: Served) -> None:
    sent = served.told("/control/agents/Bill/send", message="Hi", party="Ana")
    assert (sent["status"], sent["row"], sent["warning"]) == ("sent", "A-1", None)
    taking = {"message": "Hi", "party": "Ben", "send_to": ANAS}
    seen = served.told("/control/agents/Cleo/preview", **taking)
    assert (seen["status"], seen["row"]) == ("previewed", "A-4")
    warned = served.told("/control/agents/Cleo/send", **taking)
    assert warned["status"] == "warned"
    assert "currently associated with Ana" in warned["warning"]
    assert served.told("/control/agents/Cleo/decline", **taking)["status"] == "declined"
    confirmed = served.told("/control/agents/Cleo/confirm", **taking)
    assert (confirmed["status"], confirmed["number_row"]) == ("sent", "P-4")
    store = served.world.instance.store
    assert store.interactions[sent["interaction"]].state == "Closed Complete"
    assert store.interactions[confirmed["interaction"]].consumer == "consumer-2"


def test_who_is_meant_must_be_clear(served: Served) -> None:
    served.command("add_agent", name="Bill")
    said = problem(served.post("/control/agents/Bill/send", json={"party": "Ana"}), 400)
    assert "agent-1, agent-3" in said["detail"]
    problem(served.post("/control/agents/Dora/send", json={"party": "Ana"}), 404)
    problem(served.post("/control/agents/Cleo/send", json={"party": "Dora", "message": "x"}), 404)
    problem(served.post("/control/agents/Cleo/dance", json={"party": "Ana"}), 404)
    assert served.told("/control/agents/agent-1/send", party="Ana", message="x")["status"] == "sent"


def test_a_command_tells_all_that_it_changed(served: Served) -> None:
    before = served.world.mark()
    told = served.command(
        "requester_texts", requester_number=ANAS, provider_number=COMPANY, body="Hi"
    )
    assert told["error"] is None
    assert told["result"]["body"] == "Hi"
    assert {each["class"] for each in told["records"]} == {
        "ChannelUserProfile",
        "Interaction",
        "LiveGroupProfile",
        "Message",
    }
    assert told["change"] == before.change + len(told["records"])
    assert [each["sequence"] for each in told["events"]] == list(
        range(before.events + 1, before.events + 1 + len(told["events"]))
    )
    state = served.get(f"/control/state?since={before.change}&events_since={before.events}").json()
    assert state["records"] == told["records"]
    assert state["events"] == told["events"]


def test_the_whole_state_begins_with_what_ships(served: Served) -> None:
    state = served.get("/control/state").json()
    assert [each["id"] for each in state["records"][:2]] == ["T-1", "T-2"]
    assert state["change"] == len(state["records"]) - 2


def test_a_refusal_is_an_answer_and_a_mistake_too(served: Served) -> None:
    refused = served.command("limit_throughput", provider_number=COMPANY, segments_per_second=0)
    assert refused["error"]["type"] == "Refused"
    assert refused["error"]["rule"] == "A-11"
    assert refused["records"] == []
    mistaken = served.command("assign", interaction="IMS1", agent="agent-1")
    assert mistaken["error"] == {
        "type": "UnknownRecord",
        "message": "There is no interaction 'IMS1'.",
    }
    unclear = served.command("assign", agent="agent-1")
    assert unclear["error"] == {
        "type": "ValueError",
        "message": "arguments.interaction: is missing",
    }
    assert (unclear["result"], unclear["events"]) == (None, [])
    problem(served.post("/control/commands/assign", json={"arguments": 5}), 400)


def test_breaches_are_told(served: Served) -> None:
    served.ask("PATCH", "/control/policy", json={"sends_are_serialised": False})
    request = {"agent": "agent-1", "body": "Hi", "party": "consumer-1"}
    told = served.command("send_at_once", requests=[request, {**request, "agent": "agent-2"}])
    assert {each["invariant"] for each in told["breaches"]} == {"I-1", "I-2"}
    state = served.get("/control/state?breaches_since=1").json()
    assert state["breaches"] == told["breaches"][1:]


@pytest.mark.parametrize(
    ("wish", "detail"),
    [
        ({"party": "Ana"}, "message: is missing"),
        ({"party": "Ana", "mesage": "x"}, "mesage: there is no such key; did you mean 'message'?"),
        ({"party": "Ana", "message": 5}, "message: expected a text, not 5"),
        ({"party": "Ana", "message": "x", "agent": "Cleo"}, "agent: there is no such key"),
    ],
)
def test_no_empty_text_is_sent_by_mistake(
    served: Served, wish: dict[str, object], detail: str
) -> None:
    before = served.world.mark()
    for act in ("send", "confirm"):
        said = problem(served.post(f"/control/agents/Bill/{act}", json=wish), 400)
        assert detail in str(said["detail"])
    assert served.world.mark() == before
    assert served.told("/control/agents/Bill/preview", party="Ana")["status"] == "previewed"


def test_time_passes_when_told(served: Served) -> None:
    assert served.get("/control/clock").json() == {"now": "2026-01-05T09:00:00Z"}
    assert served.told("/control/clock", advance=90)["now"] == "2026-01-05T09:01:30Z"
    assert served.told("/control/clock", advance="2 days")["now"] == "2026-01-07T09:01:30Z"
    for wish in (-1, 0, 1e-9, 3_155_760_001, 3_155_760_000.0000005, "soon", "1000000 weeks", None):
        problem(served.post("/control/clock", json={"advance": wish}), 400)
    problem(served.post("/control/clock", json={}), 400)
    assert served.get("/control/clock").json() == {"now": "2026-01-07T09:01:30Z"}


def test_time_ends_before_it_can_no_longer_be_written(served: Served) -> None:
    for at in ("9999-12-31T00:00:00Z", "3000-01-01T00:00:00Z", "0001-01-01T00:00:00Z"):
        assert "from 1970 to 2999" in str(
            problem(served.post("/control/reset", json={"at": at}), 400)
        )
    served.told("/control/reset", at="2999-12-01T00:00:00Z")
    told = served.told("/control/clock", advance="4 weeks")
    assert (told["error"], told["now"]) == (None, "2999-12-29T00:00:00Z")
    told = served.told("/control/clock", advance="1 week")
    assert told["error"]["type"] == "BadDuration"
    assert "virtual time ends in 3000" in told["error"]["message"]
    assert told["now"] == "2999-12-29T00:00:00Z"
    query = {"sysparm_query": "sys_created_on>javascript:gs.daysAgo(-100000)"}
    assert served.get("/api/now/table/sys_user", params=query).json() == {"result": []}


@pytest.mark.parametrize("number", ["", "+0", "0151 23456789", "Ana", "+1 650", None, 1])
def test_faults_are_those_of_numbers(served: Served, number: object) -> None:
    for key, word in (("number", "condition"), ("provider_number", "segments_per_second")):
        wish = {key: number, word: "blocked" if word == "condition" else 1}
        said = problem(served.post("/control/faults", json=wish), 400)
        assert said["message"].startswith(f"{key} must be a number in E.164")


def test_a_number_of_nowhere_may_be_a_landline(served: Served) -> None:
    for number, code in (("+10", "21635"), ("+999123456", "21635"), ("+442079460000", "30006")):
        told = served.told("/control/faults", number=number, condition="a landline")
        assert told["records"][-1]["error_code"] == code


def test_settings_change_together_or_not_at_all(served: Served) -> None:
    changed = served.ask(
        "PATCH", "/control/policy", json={"guest_profile": "replace", "strict_number": True}
    )
    assert "did you mean" in str(problem(changed, 400)["detail"])
    assert served.get("/control/policy").json()["policy"]["guest_profile"] == "claim"
    changed = served.ask(
        "PATCH", "/control/policy", json={"guest_profile": "replace", "wrap_up": True}
    )
    policy = changed.json()["policy"]
    assert (policy["guest_profile"], policy["wrap_up"]) == ("replace", True)
    assert served.get("/control/policy").json() == changed.json()


@pytest.mark.parametrize(
    ("fault", "entity"),
    [
        ({"number": ANAS, "condition": "unreachable"}, "Destination"),
        ({"number": ANAS, "refused_with": "21610"}, "Destination"),
        ({"number": ANAS, "undelivered_with": "30003"}, "Destination"),
        ({"outage_of": "provider-1"}, "Provider"),
        ({"provider_number": COMPANY, "segments_per_second": 1}, "ProviderNumber"),
    ],
)
def test_faults_are_injected(served: Served, fault: dict[str, object], entity: str) -> None:
    told = served.told("/control/faults", **fault)
    assert told["error"] is None
    assert {each["class"] for each in told["records"]} == {entity}


def test_faults_end(served: Served) -> None:
    served.told("/control/faults", outage_of="provider-1")
    served.told("/control/faults", number=ANAS, condition="blocked")
    assert served.told("/control/faults", end_of_outage_of="provider-1")["error"] is None
    assert served.told("/control/faults", number=ANAS)["error"] is None
    assert "outage_of" in str(problem(served.post("/control/faults", json={"x": 1}), 400)["detail"])


def test_the_journal_is_the_instances_and_goes_on_where_asked(served: Served) -> None:
    events = [event.as_json() for event in served.world.instance.journal.events]
    assert [json.loads(line) for line in served.lines()] == events
    rest = served.get(f"/control/journal?since={len(events) - 2}").text.splitlines()
    assert [json.loads(line) for line in rest] == events[-2:]
    for wrong in ("-1", "x", "1.5", "٣", "9" * 30):
        problem(served.get("/control/journal", params={"since": wrong}), 400)


def test_a_reset_begins_anew_as_told(served: Served) -> None:
    told = served.told(
        "/control/reset", seed=9, policy={"wrap_up": True}, at="2026-03-01T08:00:00+01:00"
    )
    instance = served.world.instance
    assert told == {"run": served.world.run_token}
    assert (instance.seed, instance.policy.wrap_up) == (9, True)
    assert served.get("/control/clock").json() == {"now": "2026-03-01T07:00:00Z"}
    assert served.lines() == []
    problem(served.post("/control/reset", json={"policy": {"wrap_upp": True}}), 400)
    problem(served.post("/control/reset", json={"sed": 1}), 400)
    assert served.world.instance is instance


def test_a_run_that_has_lost_the_instance_is_told_so(served: Served) -> None:
    first = served.told("/control/reset")["run"]
    mine = {"X-Smslab-Run": first}
    assert served.get("/control/state", headers=mine).status_code == 200
    served.told("/control/reset")
    for method, path in PATHS:
        answered = served.ask(method, path, headers=mine, json={})
        assert "another run" in problem(answered, 409)["message"]
    assert problem(served.post("/api/x_smslab/agent_sms/send", headers=mine, json={}), 409)
    assert list(served.world.instance.store.agents) == []


def test_numbers_of_two_runs_are_told_apart(served: Served) -> None:
    assert served.told("/control/reset")["run"] != served.told("/control/reset")["run"]
    assert BENS not in "".join(served.lines())


def prompting(served: Served) -> None:
    """Ana is prompted every second, for ever."""
    served.told("/control/agents/Bill/send", message="Hi", party="Ana")
    served.ask("PATCH", "/control/policy", json={"prompts_repeat": True})
    served.command(
        "add_messaging_action",
        name="Nag",
        event="requester message without agent response",
        action="prompt agent",
        duration=1,
    )
    served.command("requester_texts", requester_number=ANAS, provider_number=COMPANY, body="?")


def test_time_passes_as_it_does_at_once_however_often_it_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journals = []
    for at_a_time in (1, 1_000_000):
        monkeypatch.setattr(control, "AT_A_TIME", at_a_time)
        with serving() as served:
            prompting(served)
            told = served.told("/control/clock", advance="2 minutes")
            assert told["error"] is None
            assert len([each for each in told["records"] if each["class"] == "Prompt"]) == 120
            journals.append(served.lines())
    assert journals[0] == journals[1]


def test_a_century_of_prompts_ends_with_an_error_and_others_are_answered(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "MOST_CHANGES", 1_000)
    prompting(served)
    before = served.world.instance.clock.now
    long, short = served.at_once(
        ("POST", "/control/clock", {"advance": "36500 days"}), ("GET", "/health", None)
    )
    said = problem(long, 400)
    now = served.world.instance.clock.now
    assert said["detail"].startswith(f"Time stands at {now:%Y-%m-%dT%H:%M:%S}Z; ask for the rest")
    assert timedelta(minutes=16) < now - before < timedelta(minutes=24)
    assert short.status_code == 200
    assert not served.world.instance.breaches


def test_time_stops_passing_when_another_run_begins(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "AT_A_TIME", 1)
    prompting(served)
    long, reset = served.at_once(
        ("POST", "/control/clock", {"advance": "10 minutes"}), ("POST", "/control/reset", {})
    )
    assert reset.status_code == 200
    assert "another run" in problem(long, 409)["message"]

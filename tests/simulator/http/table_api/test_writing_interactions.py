"""Writes to interactions: along their states (S-1 to S-5), or refused."""

from __future__ import annotations

import pytest

from smslab.simulator.http.table_api.mapping import sys_id_of
from smslab.simulator.states import InteractionState, InteractionType, PartyKind, StateReason
from tests.simulator.company import whole_state
from tests.simulator.http.table_api.serving import Served, consumer, refused, serve

ANA, BEN = consumer("consumer-1"), consumer("consumer-2")
BILL, CLEO = sys_id_of("agent", "agent-1"), sys_id_of("agent", "agent-2")
CONVERSATION = sys_id_of("interaction", "IMS0000001")


@pytest.fixture
def served() -> Served:
    return serve()


@pytest.mark.parametrize(
    ("values", "state", "reason", "agent"),
    [
        ({"state": "closed_complete"}, "Closed Complete", "Agent Ended", "agent-1"),
        (
            {"state": "closed_complete", "state_reason": "user_ended"},
            "Closed Complete",
            "User Ended",
            "agent-1",
        ),
        ({"state": "closed_abandoned"}, "Closed Abandoned", "No Activity", "agent-1"),
        ({"state": "faulted"}, "Faulted", "Error", "agent-1"),
        ({"state": "wrap_up"}, "Wrap Up", None, "agent-1"),
        ({"state": "on_hold"}, "On Hold", None, None),
        ({"assigned_to": ""}, "On Hold", None, None),
        ({"assigned_to": CLEO}, "Work In Progress", None, "agent-2"),
        ({"state": "work_in_progress", "assigned_to": CLEO}, "Work In Progress", None, "agent-2"),
        ({"state": "work_in_progress"}, "Work In Progress", None, "agent-1"),
        ({"state_reason": "error", "number": "IMS7"}, "Work In Progress", None, "agent-1"),
        ({"consumer": BEN, "type": "phone"}, "Work In Progress", None, "agent-1"),
    ],
)
def test_an_interaction_follows_its_states(
    served: Served, values: dict[str, str], state: str, reason: str | None, agent: str | None
) -> None:
    served.company.begin("agent")

    answer = served.change("interaction", CONVERSATION, **values)

    assert answer.status_code == 200, answer.text
    kept = served.company.store.interactions["IMS0000001"]
    assert (str(kept.state), kept.state_reason, kept.assigned_to) == (state, reason, agent)
    assert kept.consumer == "consumer-1"
    assert kept.type is InteractionType.MESSAGING


def test_the_end_of_wrap_up_closes_for_the_reason_of_the_conversation(served: Served) -> None:
    served.company.begin("agent")
    served.company.instance.change_setting("wrap_up", "true")
    served.company.send()
    served.company.text()
    served.company.instance.requester_leaves("IMS0000001")
    assert served.company.store.interactions["IMS0000001"].state is InteractionState.WRAP_UP

    served.change("interaction", CONVERSATION, state="closed_complete")

    kept = served.company.store.interactions["IMS0000001"]
    assert kept.state is InteractionState.CLOSED_COMPLETE
    assert kept.state_reason is StateReason.USER_ENDED


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"state": "new"}, "S-4"),
        ({"state": "work_in_progress"}, "S-4"),
        ({"state": "closed_abandoned"}, "S-4"),
        ({"assigned_to": CLEO}, "S-4"),
    ],
)
def test_a_closed_interaction_never_reopens(
    served: Served, values: dict[str, str], rule: str
) -> None:
    served.company.begin("agent")
    served.company.instance.close("IMS0000001")
    before = whole_state(served.company.instance)

    refused(served.change("interaction", CONVERSATION, **values), 403, f"'{rule}'")

    assert whole_state(served.company.instance) == before


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ({"state": "new"}, 403, "'S-1'"),
        ({"state": "on_hold", "assigned_to": CLEO}, 403, "'S-1'"),
        ({"state": "closed_complete", "assigned_to": CLEO}, 403, "'S-5'"),
        ({"state": "closed_complete", "state_reason": "no_activity"}, 403, "'S-5'"),
        ({"state": "no_such_state"}, 400, "is one of new, on_hold"),
        ({"state": ["new"]}, 400, "takes a text"),
        ({"assigned_to": "0" * 32}, 400, "refers to no row of sys_user"),
        ({"assigned_to": sys_id_of("contact", "contact-1")}, 400, "must refer to an agent"),
    ],
)
def test_what_no_state_leads_to_is_refused_and_changes_nothing(
    served: Served, values: dict[str, str], status: int, words: str
) -> None:
    served.company.add(PartyKind.CONTACT, "Carla")
    served.company.begin("agent")
    before = whole_state(served.company.instance)

    refused(served.change("interaction", CONVERSATION, **values), status, words)

    assert whole_state(served.company.instance) == before


def test_interactions_are_opened_but_conversations_are_not(served: Served) -> None:
    row = served.insert("interaction", type="phone", consumer=ANA, assigned_to=BILL)

    assert row["number"] == "IMS0000001"
    assert row["state"] == "work_in_progress"
    answer = served.http.post("/api/now/table/interaction", json={"type": "messaging"})
    refused(answer, 403, "'S-1'")

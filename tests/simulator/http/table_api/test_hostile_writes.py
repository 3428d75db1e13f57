"""Any body is taken, refused with the documented error, or dropped; never half of it."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smslab.simulator.http.table_api.mapping import RESERVED, TABLES, choice_value, sys_id_of
from smslab.simulator.states import InteractionState
from tests.simulator.company import indexes, recomputed, whole_state
from tests.simulator.http.table_api.serving import Served, consumer, serve

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        [
            consumer("consumer-1"),
            sys_id_of("agent", "agent-1"),
            sys_id_of("channel", "channel-1"),
            sys_id_of("provider", "provider-1"),
            sys_id_of("territory", "DE"),
            "+4915123456789",
            "agent_workspace_user",
            *("phone", "messaging", "available", "true", "1", "-1", "x,y"),
            *(choice_value(state) for state in InteractionState),
        ]
    ),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.sampled_from(["value", "link", "x"]), st.text(max_size=5), max_size=2),
)
OTHERS = ("sys_id", "sys_created_on", "x_smslab_id", "nothing")


def bodies(table: str) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """A table with a body for it."""
    mapped = TABLES.get(table)
    columns = [column.column for column in mapped.columns] if mapped else ["name", "group"]
    body = st.dictionaries(st.sampled_from([*columns, *OTHERS]), VALUES, max_size=8)
    return st.tuples(st.just(table), body)


WRITES = st.sampled_from(sorted(RESERVED)).flatmap(bodies)


def world() -> Served:
    """A company with a conversation under way."""
    served = serve()
    served.company.begin("agent")
    return served


def check(served: Served, method: str, path: str, body: dict[str, Any], shown: bool) -> None:
    """Send a body, and check what became of it."""
    before = whole_state(served.company.instance)

    answer = served.http.request(
        method, f"/api/now/table/{path}?sysparm_input_display_value={shown}", json=body
    )

    assert answer.status_code in (200, 201, 400, 403), answer.text
    if answer.status_code >= 400:
        assert answer.json()["status"] == "failure"
        assert whole_state(served.company.instance) == before
    assert served.company.instance.breaches == []
    assert indexes(served.company.store) == recomputed(served.company.store)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(WRITES, st.booleans())
def test_any_body_is_inserted_or_refused(write: tuple[str, dict[str, Any]], shown: bool) -> None:
    check(world(), "POST", *write, shown)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(WRITES, st.booleans())
def test_any_body_changes_a_row_by_the_rules_or_not_at_all(
    write: tuple[str, dict[str, Any]], shown: bool
) -> None:
    served = world()
    table, body = write
    rows = served.rows(table, sysparm_limit=1)
    if rows:
        check(served, "PATCH", f"{table}/{rows[0]['sys_id']}", body, shown)

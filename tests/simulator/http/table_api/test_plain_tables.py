"""Plain tables: from files, read and written under the same API, with masked columns."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from smslab.simulator.http.table_api.mapping import RESERVED, sys_id_of
from smslab.simulator.http.table_api.plain.files import load_tables
from smslab.simulator.http.table_api.plain.schema import BadTable
from smslab.simulator.http.table_api.plain.tables import PlainTables
from smslab.simulator.http.table_api.simulated import simulated_tables
from tests.simulator.company import company
from tests.simulator.http.table_api.serving import (
    HARDWARE,
    NETWORK,
    Served,
    folder_of_tables,
    serve_tables,
)

BILL = sys_id_of("agent", "agent-1")


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return serve_tables(tmp_path)


def test_rows_come_from_a_csv_file(served: Served) -> None:
    rows = served.rows("sys_user_group", sysparm_exclude_reference_link="true")

    assert [(row["sys_id"], row["name"], row["parent"]) for row in rows] == [
        (NETWORK, "Network", ""),
        (HARDWARE, "Hardware", NETWORK),
    ]
    assert rows[0]["sys_created_by"] == "system"


def test_a_new_row_has_its_defaults_its_number_and_its_stamps(served: Served) -> None:
    row = served.insert("incident", short_description="No network", caller_id=BILL)

    assert row == {
        "number": "INC0010001",
        "short_description": "No network",
        "state": "1",
        "priority": "3",
        "impact": "",
        "active": "true",
        "due_date": "",
        "caller_id": BILL,
        "assignment_group": "",
        "description": "",
        "api_key": "",
        "sys_id": row["sys_id"],
        "sys_class_name": "incident",
        "sys_created_on": "2026-01-05 09:00:00",
        "sys_created_by": "admin",
        "sys_updated_on": "2026-01-05 09:00:00",
        "sys_updated_by": "admin",
        "sys_mod_count": "0",
        "sys_tags": "",
    }
    assert served.insert("incident", short_description="x")["number"] == "INC0010002"


def test_a_changed_row(served: Served) -> None:
    row = served.insert("incident", short_description="No network", number="INC1", state=2)
    served.company.instance.advance(timedelta(hours=1))

    changed = served.change(
        "incident",
        row["sys_id"],
        active=False,
        due_date="2026-01-06T10:00:00+02:00",
        sys_created_by="somebody",
        unknown="dropped",
    ).json()["result"]

    assert (changed["number"], changed["state"]) == ("INC0010001", "2")
    assert (changed["active"], changed["due_date"]) == ("false", "2026-01-06 08:00:00")
    assert changed["sys_created_by"] == "admin"
    assert (changed["sys_updated_on"], changed["sys_mod_count"]) == ("2026-01-05 10:00:00", "1")
    same = served.change("incident", row["sys_id"], active="false").json()["result"]
    assert same == changed


def test_a_deleted_row_is_gone(served: Served) -> None:
    row = served.insert("incident", short_description="No network")
    path = f"/api/now/table/incident/{row['sys_id']}"

    assert served.http.delete(path).status_code == 204
    assert served.http.delete(path).status_code == 404
    assert served.rows("incident", "number=INC0010001") == []
    assert served.insert("incident", short_description="x")["number"] == "INC0010002"


def test_a_client_may_choose_the_sys_id_of_a_new_row(served: Served) -> None:
    assert served.insert("incident", short_description="x", sys_id="c" * 32)["sys_id"] == "c" * 32

    for sys_id in ("c" * 32, "short", "C" * 32):
        again = served.http.post(
            "/api/now/table/incident", json={"short_description": "x", "sys_id": sys_id}
        )
        assert again.status_code == 400


def test_references_lead_to_records_and_back(served: Served) -> None:
    served.insert("incident", short_description="x", caller_id=BILL, assignment_group=HARDWARE)

    (row,) = served.rows(
        "incident",
        "caller_id.name=Bill",
        sysparm_fields="caller_id.name,assignment_group.parent.name,state",
        sysparm_display_value="true",
    )

    assert row == {
        "caller_id.name": "Bill",
        "assignment_group.parent.name": "Network",
        "state": "New",
    }


# Masked columns


def test_a_masked_value_is_stored_and_never_shown(served: Served) -> None:
    made = served.http.post(
        "/api/now/table/incident?sysparm_input_display_value=true",
        json={"short_description": "x", "api_key": "secret"},
    ).json()["result"]

    assert made["api_key"] == "********"
    for shown in ("true", "false", "all"):
        assert "secret" not in served.get("table/incident", sysparm_display_value=shown).text
    assert served.world.plain.tables["incident"].row(made["sys_id"])["api_key"] == "secret"  # type: ignore[index]


def test_a_masked_value_is_dropped_where_the_input_is_not_said_to_be_displayed(
    served: Served,
) -> None:
    assert served.insert("incident", short_description="x", api_key="secret")["api_key"] == ""


@pytest.mark.parametrize(
    "query",
    [
        "api_keySTARTSWITHs",
        "api_key=secret",
        "api_keySAMEASshort_description",
        "short_descriptionSAMEASapi_key",
        "api_keyISEMPTY",
    ],
)
def test_a_masked_value_cannot_be_guessed_by_queries(served: Served, query: str) -> None:
    for key in ("secret", ""):
        served.http.post(
            "/api/now/table/incident?sysparm_input_display_value=true",
            json={"short_description": "secret", "api_key": key},
        )

    assert len(served.rows("incident", query)) == 2
    for order in ("ORDERBYapi_key", "ORDERBYDESCapi_key"):
        assert served.rows("incident", order) == served.rows("incident")


# What is refused


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ({}, 403, "mandatory: Short description"),
        ({"short_description": ""}, 403, "mandatory: Short description"),
        ({"short_description": "x", "priority": "high"}, 400, "takes a whole number"),
        ({"short_description": "x", "active": "perhaps"}, 400, "takes true or false"),
        ({"short_description": "x", "due_date": "tomorrow"}, 400, "takes a time"),
        ({"short_description": "x", "due_date": "0001-01-01"}, 400, "takes a time"),
        ({"short_description": "x", "caller_id": "0" * 32}, 400, "refers to no row of sys_user"),
        ({"short_description": "x", "description": "y" * 101}, 400, "takes 100 characters"),
        ({"short_description": ["x"]}, 400, "takes a text"),
    ],
)
def test_values_that_a_column_does_not_take(
    served: Served, values: dict[str, Any], status: int, words: str
) -> None:
    answer = served.http.post("/api/now/table/incident", json=values)

    assert answer.status_code == status
    assert words in answer.json()["error"]["detail"]
    assert served.rows("incident") == []


def test_a_mandatory_column_cannot_be_emptied(served: Served) -> None:
    row = served.insert("incident", short_description="x")

    answer = served.change("incident", row["sys_id"], short_description=None)

    assert answer.status_code == 403
    assert served.one("incident", "")["short_description"] == "x"


# Commands: the same in every run


def test_the_commands_lead_to_the_same_rows_whenever_they_are_given_again(tmp_path: Path) -> None:
    loaded = load_tables(folder_of_tables(tmp_path))
    made = [PlainTables(loaded, lambda: company().instance.clock.now) for _ in range(2)]

    for tables in made:
        first = tables.table_insert("incident", {"short_description": "x"}, "admin")
        tables.table_insert("incident", {"short_description": "y"}, "admin", "e" * 32)
        tables.table_attach("incident", first, "a.txt", "text/plain", "YWJj", "admin")
        tables.table_update("incident", first, {"state": "2"}, "admin")
        tables.table_delete("incident", "e" * 32)
        with pytest.raises(LookupError):
            tables.table_delete("incident", "e" * 32)
        with pytest.raises(LookupError):
            tables.table_insert("no_such_table", {}, "admin")
        with pytest.raises(ValueError, match="is used"):
            tables.table_insert("incident", {}, "admin", first)

    rows = [{name: list(table.rows()) for name, table in each.tables.items()} for each in made]
    assert rows[0] == rows[1]


# The files


def written(folder: Path, content: object, name: str = "thing.json") -> Path:
    (folder / name).write_text(
        content if isinstance(content, str) else json.dumps(content), encoding="utf-8"
    )
    return folder


ONE: dict[str, Any] = {"columns": {"name": {}}}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "thing.json: cannot be read as JSON"),
        ({}, "columns must be a JSON object"),
        ({"columns": {}}, "the table has no columns"),
        ({**ONE, "colums": {}}, "did you mean 'columns'?"),
        ({**ONE, "name": "Thing"}, "is no name of a table"),
        ({**ONE, "display": "nam"}, "there is no column 'nam'; did you mean 'name'?"),
        ({**ONE, "number": {"prefix": "T"}}, "there is no column 'number'"),
        ({"columns": {"sys_id": {}}}, "no column may be called that"),
        ({"columns": {"a-b": {}}}, "no column may be called that"),
        ({"columns": {"a": {"type": "intger"}}}, "did you mean 'integer'?"),
        ({"columns": {"a": {"type": "reference"}}}, "names its table"),
        ({"columns": {"a": {"reference": "b"}}}, "names its table"),
        ({"columns": {"a": {"masked": "yes"}}}, "must be true or false"),
        ({"columns": {"a": {"max_length": 0}}}, "from 1 to 1000000"),
        ({"columns": {"a": {"default": 5}}}, "default must be a text"),
        ({**ONE, "rows": [{"nme": "x"}]}, "row 1: there is no column 'nme'; did you mean 'name'?"),
        ({**ONE, "rows": ["x"]}, "row 1: is not an object"),
        ({**ONE, "rows": [{"sys_id": "x"}]}, "row 1: a sys_id has 32 digits"),
        ({**ONE, "rows": [{"sys_id": "a" * 32}] * 2}, "row 2: sys_id aaaa"),
        ({**ONE, "rows": "../rows.csv"}, "the name of a file next to this one"),
        ({**ONE, "rows": "rows.csv"}, "rows.csv: cannot be read as CSV"),
        ({"columns": {"a": {"type": "integer"}}, "rows": [{"a": "x"}]}, "takes a whole number"),
        ({**ONE, "name": "interaction"}, "there is a table 'interaction' already"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_words(
    tmp_path: Path, content: object, words: str
) -> None:
    with pytest.raises(BadTable) as caught:
        load_tables(written(tmp_path, content))

    assert words in str(caught.value)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="is not a folder"):
        load_tables(tmp_path / "nowhere")


def test_rows_may_be_in_a_json_file_of_their_own(tmp_path: Path) -> None:
    written(tmp_path, [{"name": "x"}], "rows.json")
    written(tmp_path, {**ONE, "rows": "rows.json"})

    (table,) = load_tables(tmp_path)

    assert table.rows == ({"name": "x"},)


def test_no_plain_table_can_take_the_name_of_a_simulated_one() -> None:
    instance = company().instance
    plain = PlainTables((), lambda: instance.clock.now)

    assert {*simulated_tables(instance), *plain.tables} == RESERVED

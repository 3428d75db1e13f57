"""The tables in the whole application: with users and roles, and with a state file."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from smslab.simulator.http.app import make_app
from smslab.simulator.http.auth.accounts import Accounts, CarrierAccount, User
from smslab.simulator.http.settings import Settings
from smslab.simulator.http.state_file import BadStateFile
from tests.simulator.http.asking import ANA, Served, problem
from tests.simulator.http.asking import served as serving
from tests.simulator.http.table_api.serving import folder_of_tables

USERS = {
    name: User(name, f"secret of {name}", frozenset(roles))
    for name, roles in {"clerk": {"itil"}, "agent": {"agent_workspace_user"}}.items()
}
ACCOUNTS = Accounts(USERS, {}, CarrierAccount())
INCIDENTS = "/api/now/table/incident"


def basic(name: str) -> dict[str, str]:
    """The header of Basic authentication."""
    return {
        "Authorization": "Basic " + base64.b64encode(f"{name}:secret of {name}".encode()).decode()
    }


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Served]:
    """A server where everybody has to sign in."""
    tables = folder_of_tables(tmp_path)
    with serving(Settings(demo=True, accounts=ACCOUNTS, tables=tables)) as found:
        yield found


def test_users_read_and_those_with_a_role_write(guarded: Served) -> None:
    path = f"/api/now/table/csm_consumer/{ANA}"
    change = {"home_phone": "030 1"}

    problem(guarded.get(path), 401)
    assert guarded.get(path, headers=basic("agent")).json()["result"]["name"] == "Ana"
    problem(guarded.ask("PATCH", path, json=change, headers=basic("agent")), 403)
    changed = guarded.ask("PATCH", path, json=change, headers=basic("clerk"))
    assert changed.json()["result"]["home_phone"] == "030 1"


def test_rows_and_scripts_know_who_asks(guarded: Served) -> None:
    clerk = basic("clerk")

    made = guarded.post(INCIDENTS, json={"short_description": "x"}, headers=clerk)

    assert made.json()["result"]["sys_created_by"] == "clerk"


def batch(guarded: Served, user: str, *headers: tuple[str, str]) -> Any:
    """What a batch of one write is answered."""
    item = {
        "id": "1",
        "method": "PATCH",
        "url": f"/api/now/table/csm_consumer/{ANA}",
        "headers": [{"name": name, "value": value} for name, value in headers],
    }
    return guarded.post(
        "/api/now/v1/batch", json={"rest_requests": [item]}, headers=basic(user)
    ).json()["serviced_requests"][0]["status_code"]


def test_what_is_forbidden_alone_is_forbidden_in_a_batch(guarded: Served) -> None:
    assert batch(guarded, "clerk") == 200
    assert batch(guarded, "agent") == 403
    assert batch(guarded, "agent", ("authorization", basic("clerk")["Authorization"])) == 403
    unknown = guarded.post("/api/now/v1/batch", json={"rest_requests": []})
    problem(unknown, 401)


def test_a_restarted_server_has_every_row_and_attachment(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    settings = Settings(
        state_file=tmp_path / "state.jsonl", demo=True, tables=folder_of_tables(tmp_path / "tables")
    )
    paths = (
        *(INCIDENTS, "/api/now/table/csm_consumer", "/api/now/table/sys_attachment"),
        "/api/now/table/sys_user_group",
    )
    with serving(settings) as first:
        row = first.post(INCIDENTS, json={"short_description": "x"}).json()["result"]
        gone = first.post(INCIDENTS, json={"short_description": "y"}).json()["result"]
        first.ask("PATCH", f"{INCIDENTS}/{row['sys_id']}", json={"state": "2"})
        first.ask("DELETE", f"{INCIDENTS}/{gone['sys_id']}")
        first.ask("PATCH", f"/api/now/table/csm_consumer/{ANA}", json={"home_phone": "030 1"})
        location = first.post(
            "/api/now/attachment/file",
            params={"table_name": "incident", "table_sys_id": row["sys_id"], "file_name": "a"},
            content=b"\x00\xff",
            headers={"Content-Type": "application/octet-stream"},
        ).headers["Location"]
        before = [first.get(path).json() for path in paths]

    with serving(settings) as second:
        assert [second.get(path).json() for path in paths] == before
        assert second.get(f"{location}/file").content == b"\x00\xff"
        later = second.post(INCIDENTS, json={"short_description": "z"}).json()["result"]

    assert later["number"] == "INC0010003"


def test_rows_are_not_lost_by_a_restart_without_their_table(tmp_path: Path) -> None:
    state = tmp_path / "state"
    tables = folder_of_tables(tmp_path)
    with serving(Settings(demo=True, tables=tables, state_file=state)) as found:
        found.post(INCIDENTS, json={"short_description": "x"})
    before = state.read_bytes()
    with pytest.raises(BadStateFile, match="no plain table 'incident'; choose another file"):
        make_app(Settings(demo=True, state_file=state))
    assert state.read_bytes() == before
    with serving(Settings(demo=True, tables=tables, state_file=state)) as found:
        assert len(found.get(INCIDENTS).json()["result"]) == 1


def test_a_reset_brings_the_tables_back_as_they_were_loaded(tmp_path: Path) -> None:
    settings = Settings(control=True, demo=True, tables=folder_of_tables(tmp_path))
    with serving(settings) as found:
        found.post(INCIDENTS, json={"short_description": "x"})
        found.told("/control/reset")

        assert found.get(INCIDENTS).json() == {"result": []}
        assert len(found.get("/api/now/table/sys_user_group").json()["result"]) == 2
        assert found.get("/api/now/table/csm_consumer").json() == {"result": []}


def test_a_write_whose_body_comes_after_a_reset_meets_the_new_tables(tmp_path: Path) -> None:
    settings = Settings(control=True, demo=True, tables=folder_of_tables(tmp_path))
    with serving(settings) as found:

        async def body() -> AsyncIterator[bytes]:
            found.world.reset(found.world.beginning)
            yield b'{"short_description": "late"}'

        made = found.post(INCIDENTS, content=body(), headers={"Content-Type": "application/json"})

        assert made.json()["result"]["number"] == "INC0010001"
        assert len(found.get(INCIDENTS).json()["result"]) == 1

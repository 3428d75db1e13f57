"""A company's instance as it is: shared with others, incomplete, and answering in its own ways."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from smslab.simulator.policy import Policy
from smslab.steps.engine.direct import language, run_planned
from smslab.steps.engine.planning import plan_features
from smslab.steps.engine.stage import Stage
from smslab.steps.needs import Need
from smslab.steps.targets.choosing import chosen_target
from smslab.steps.targets.client import HttpTransport
from smslab.steps.targets.protocol import TargetFailed
from tests.steps.conftest import Folder
from tests.steps.targets.conftest import Serve, set_up_company, write_targets

SEND = "/api/x_smslab/agent_sms"
Body = dict[str, Any]


@pytest.fixture
def texts(folder: Folder) -> Folder:
    """Two scenarios: an agent texts, and a requester does."""
    folder.write(
        "features/texts.feature",
        """
        Feature: Texts

          Background:
            Given the company texts from "+49 30 901820"
            And Ana is a consumer
            And Ana's mobile number is "+49 151 23456789"
            And Bill is an agent

          Scenario: Bill texts
            When Bill texts Ana "Hello"
            Then decision row A-1 applies
            And Bill is not warned

          Scenario: Ana texts
            When Ana texts the company "Hello"
            Then the number belongs to Ana
        """,
    )
    return folder


class Changing:
    """An app around an instance that changes what it answers, and where it is asked.

    ``answers`` change the body of an answer, by the beginning of its path; a path in
    ``moved`` is asked for by another one, and then only by that.
    """

    def __init__(
        self,
        app: Any,
        answers: Mapping[str, Callable[[Body], None]],
        moved: dict[str, str],
    ) -> None:
        self._app = app
        self._answers = answers
        self._moved = moved

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        for here, there in self._moved.items():
            if path.startswith(here):
                scope = {**scope, "path": path.replace(here, there, 1), "raw_path": None}
            elif path.startswith(there):
                scope = {**scope, "path": "/nothing", "raw_path": None}
        change = next((c for p, c in self._answers.items() if path.startswith(p)), None)
        if change is None:
            await self._app(scope, receive, send)
            return
        parts: list[Any] = []

        async def keep(message: Any) -> None:
            parts.append(message)

        await self._app(scope, receive, keep)
        body = json.loads(b"".join(part.get("body", b"") for part in parts))
        if parts[0]["status"] < 300:
            change(body)
        content = json.dumps(body).encode()
        headers = [pair for pair in parts[0]["headers"] if pair[0] != b"content-length"]
        length = (b"content-length", str(len(content)).encode())
        await send({**parts[0], "headers": [*headers, length]})
        await send({"type": "http.response.body", "body": content})


def run_on(folder: Folder, serve: Serve, moved: dict[str, str], more: str = "") -> str:
    """Run the texts on an instance whose paths are moved so; the output."""
    url = serve(around=lambda app: Changing(app, {}, moved))
    set_up_company(url)
    write_targets(folder, url, more)
    ran = folder.smslab("run", "features", "--target", "dev", "--no-reports")
    assert "Traceback" not in ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def messages_on(
    folder: Folder, serve: Serve, answers: Mapping[str, Callable[[Body], None]]
) -> dict[str, str]:
    """What is said of the texts on an instance that answers so, by name, "" for what passes."""
    url = serve(around=lambda app: Changing(app, answers, {}))
    set_up_company(url)
    write_targets(folder, url, "")
    return played(folder)


def played(folder: Folder) -> dict[str, str]:
    """What is said of each scenario on the target ``dev``."""
    target = chosen_target("dev", folder.path)

    def stage(seed: int, policy: Policy) -> Stage:
        return target.stage(seed, policy, ())

    planned = plan_features([folder.path / "features"], language())
    records = run_planned(planned, stage_factory=stage)
    target.close()
    return {
        record.scenario.scenario: record.result.message or ""
        for record in records
        if record.result is not None
    }


def rows(change: Callable[[Body], None]) -> Callable[[Body], None]:
    """Change every row of an answer of the Table API."""

    def of_answer(body: Body) -> None:
        found = body["result"]
        for row in found if isinstance(found, list) else [found]:
            change(row)

    return of_answer


def test_without_the_scripted_resource_only_sends_are_lacking(texts: Folder, serve: Serve) -> None:
    said = run_on(texts, serve, {"/nowhere": SEND})
    assert "PASSED - 2 scenarios: 1 passed, 1 skipped" in said
    assert f"because the target dev lacks: {Need.SEND} (1)" in said


def test_the_scripted_resource_is_where_the_description_says(texts: Folder, serve: Serve) -> None:
    said = run_on(texts, serve, {"/api/acme/sms": SEND}, 'agent_sms = "/api/acme/sms"')
    assert "PASSED - 2 scenarios: 2 passed" in said


def test_numbers_and_names_of_other_people_are_left_alone(texts: Folder, serve: Serve) -> None:
    url = serve()
    set_up_company(url)
    write_targets(texts, url)
    with httpx.Client(base_url=f"{url}/api/now/table") as tables:
        taken = iter(f"+1202555{number:04d}" for number in (100, *range(200, 208)))
        for table, columns in {
            "csm_consumer": ("mobile_phone", "home_phone", "business_phone"),
            "customer_contact": ("mobile_phone", "home_phone", "phone"),
            "sys_user": ("mobile_phone", "home_phone", "phone"),
        }.items():
            for column in columns:
                tables.post(f"/{table}", json={"name": "Zoe", column: next(taken)})
        other = tables.post("/sys_user", json={"name": "Bill", "roles": "agent_workspace_user"})
        before = {name: tables.get(f"/{name}").json()["result"] for name in ("sys_user",)}
        ran = texts.smslab("run", "features", "--target", "dev", "--no-reports")
        assert "2 scenarios: 2 passed" in ran.stdout, ran.stdout
        sent = tables.get("/sys_cs_message").json()["result"]
        work = tables.get("/interaction").json()["result"]
        after = tables.get("/sys_user").json()["result"]
    assert {row["x_smslab_requester_number"] for row in sent} == {"+12025550208", "+12025550209"}
    assert other.json()["result"]["sys_id"] not in json.dumps(work)
    assert before["sys_user"] == after[: len(before["sys_user"])]


def test_agents_are_the_users_who_are_described(texts: Folder, serve: Serve) -> None:
    url = serve()
    set_up_company(url)
    with httpx.Client(base_url=f"{url}/api/now/table") as tables:
        user = {"name": "Wilma Test", "roles": "agent_workspace_user"}
        wilma = tables.post("/sys_user", json=user).json()["result"]
        for agents, said in {
            f'{{Bill = "{wilma["user_name"]}"}}': "",
            '{Bill = "nobody"}': f"the user 'nobody', who is to be agent Bill ({Need.PEOPLE})",
            '{Cleo = "cleo"}': "a user who is agent Bill: name one in targets.toml",
        }.items():
            write_targets(texts, url, f"agents = {agents}")
            assert all(said in each for each in played(texts).values())
            assert bool(said) == any(played(texts).values())
        assigned = {row["assigned_to"] for row in _stored(tables, "interaction")} - {""}
    assert assigned == {wilma["sys_id"]}


def _stored(tables: httpx.Client, table: str) -> list[Body]:
    query = {"sysparm_exclude_reference_link": "true"}
    found: list[Body] = tables.get(f"/{table}", params=query).json()["result"]
    return found


def test_without_the_business_rule_nothing_passes(
    texts: Folder, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HttpTransport, "wait", lambda self, seconds: None)
    table = "/api/now/table/interaction"
    said = messages_on(texts, serve, {table: lambda body: body.update(result=[])})
    assert all("does the business rule work that fills" in each for each in said.values())


def test_a_text_that_shows_later_is_waited_for(
    texts: Folder, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(HttpTransport, "wait", lambda self, seconds: waited.append(seconds))

    def late(body: Body) -> None:
        if isinstance(body["result"], list) and len(waited) < 3:
            body["result"] = []

    profiles = "/api/now/table/sys_cs_channel_user_profile"
    answers = {"/api/now/table/interaction": late, profiles: late}
    assert messages_on(texts, serve, answers)["Texts > Ana texts"] == ""
    assert waited == [0.25, 0.5, 1.0]


OWN_WAYS = {
    "shows no is_agent: add what is missing": (
        "sys_cs_message",
        lambda row: row.pop("is_agent"),
    ),
    "a row whose state is 'parked', which is none of the documented": (
        "interaction",
        lambda row: row.update(state="parked"),
    ),
    "a record that the scenario did not make": (
        "interaction",
        lambda row: row.update(consumer="f" * 32),
    ),
}
"""What is said of rows that are changed like this."""


@pytest.mark.parametrize("said", OWN_WAYS)
def test_what_the_tables_show_otherwise_is_named_and_never_passes(
    texts: Folder, serve: Serve, said: str
) -> None:
    table, change = OWN_WAYS[said]
    found = messages_on(texts, serve, {f"/api/now/table/{table}": rows(change)})
    assert all(said in each for each in found.values())


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"row": None}, "A send was 'sent' by no row. What it answers is SendResult"),
        ({"row": "B-1"}, "answers 'B-1' as row; there are: A-4, A-3"),
        ({"status": "ok"}, "answers 'ok' as status; there are: previewed"),
        ({"send_to": "0151 1"}, "A send goes to '0151 1' from '+13125550101', and not to a number"),
        ({"warning": "It is Zoe's."}, "by the profiles the number is nobody's"),
        ({"message": {"sys_id": "f" * 32}}, f"names the message '{'f' * 32}', which the tables"),
        ({"refusal": "no"}, "A refusal of a send is 'no'."),
        (None, "The resource for sends answers without status, row, number_row"),
    ],
)
def test_a_resource_that_answers_otherwise_than_published_never_passes(
    texts: Folder, serve: Serve, told: Body | None, said: str
) -> None:
    def change(body: Body) -> None:
        body["result"] = {} if told is None else body["result"] | told

    found = messages_on(texts, serve, {f"{SEND}/send": change})
    assert said in found["Texts > Bill texts"]
    assert found["Texts > Ana texts"] == ""


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('test_number = ["+12025550100"]', "which nothing reads; did you mean 'test_numbers'?"),
        ('api_password = "x"', "credentials come from the environment or a keyring only"),
        ('test_numbers = "+12025550100"', "test_numbers of 'dev' is a list of numbers"),
        ('company_numbers = ["030 901820"]', "'030 901820' is not in E.164"),
        ("validation = 1", "validation of 'dev' is true or false."),
    ],
)
def test_what_a_description_cannot_say_is_refused(folder: Folder, entry: str, said: str) -> None:
    entries = ['kind = "servicenow"', 'url = "http://127.0.0.1:9"', entry]
    for needed in ("test_numbers", "company_numbers"):
        entries += [] if entry.startswith(f"{needed} ") else [f'{needed} = ["+12025550100"]']
    folder.write("targets.toml", "\n".join(["[dev]", *entries]))
    with pytest.raises(TargetFailed, match=re.escape(said)):
        chosen_target("dev", folder.path)

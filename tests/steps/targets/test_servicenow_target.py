"""Features on a company's instance, here one of ours without its control area being used."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest

from smslab.simulator.http.beginning import Beginning
from smslab.simulator.policy import Policy
from smslab.steps.needs import Need
from smslab.steps.targets.choosing import chosen_target
from smslab.steps.targets.client import Answer, Request
from smslab.steps.targets.credentials import Credentials
from smslab.steps.targets.lacks import Lacks
from smslab.steps.targets.number_ranges import NumberRanges
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.servicenow.columns import ADDED, COLUMNS
from smslab.steps.targets.servicenow.numbers import Numbers
from smslab.steps.targets.servicenow.target import ServiceNowTarget
from tests.steps.conftest import Folder
from tests.steps.targets.conftest import (
    Serve,
    feature,
    journal_of,
    set_up_company,
    write_targets,
)

SOME = [
    feature(name)
    for name in ("agent_sends", "guest_numbers", "messaging_profiles", "number_reassignment")
]


@pytest.fixture
def company(folder: Folder, serve: Serve) -> str:
    """A company's instance, described in ``targets.toml``; its URL."""
    url = serve()
    set_up_company(url)
    write_targets(folder, url)
    return url


def test_what_can_be_played_is_through_documented_resources_and_the_published_one(
    folder: Folder, company: str, tmp_path: Path
) -> None:
    recorded = tmp_path / "recorded.jsonl"
    options = ["--target", "dev", "--no-reports", "--record", str(recorded)]
    ran = folder.smslab("run", *SOME, *options)
    assert ran.returncode == 0, ran.stdout
    passed, skipped = map(int, re.findall(r"(\d+) (?:passed|skipped)", ran.stdout)[:2])
    assert passed > 20
    assert skipped > 10
    assert "Target: dev" in ran.stdout
    header, *scenarios = map(json.loads, recorded.read_text().splitlines())
    paths = {each["request"]["path"] for one in scenarios for each in one["exchanges"]}
    kinds = {re.sub(r"/[0-9a-f]{32}$", "/{sys_id}", path) for path in paths}
    assert header["target"]["name"] == "dev"
    assert kinds == {
        "/api/now/initiate_message/validate_phone_number",
        "/api/now/initiate_message/validate_profile",
        "/api/now/table/awa_work_item",
        "/api/now/table/cmn_location",
        "/api/now/table/csm_consumer",
        "/api/now/table/csm_consumer/{sys_id}",
        "/api/now/table/customer_contact",
        "/api/now/table/customer_contact/{sys_id}",
        "/api/now/table/interaction",
        "/api/now/table/interaction/{sys_id}",
        "/api/now/table/live_group_member",
        "/api/now/table/sys_cs_channel_user_profile",
        "/api/now/table/sys_cs_message",
        "/api/now/table/sys_phone_territory",
        "/api/now/table/sys_user",
        "/api/now/table/sys_user/{sys_id}",
        "/api/sn_va_sms_twilio/message",
        "/api/x_smslab/agent_sms/decline",
        "/api/x_smslab/agent_sms/preview",
        "/api/x_smslab/agent_sms/send",
    }


def test_only_test_numbers_are_texted_and_none_by_two_runs_whose_journals_are_equal(
    folder: Folder, company: str
) -> None:
    texted: list[set[str]] = []
    for results in ("one", "two"):
        options = ["--target", "dev", "--no-reports", "--results", results]
        assert folder.smslab("run", SOME[0], *options).returncode == 0
        rows = httpx.get(f"{company}/api/now/table/sys_cs_message").json()["result"]
        texted.append({row["x_smslab_requester_number"] for row in rows})
    first, both = texted
    assert len(first) > 10
    assert len(both) == 2 * len(first)
    assert all(number.startswith("+1202555") for number in both)
    assert journal_of(folder, "one") == journal_of(folder, "two")
    journal = journal_of(folder, "one").decode()
    assert "+1202555" not in journal
    assert "+4915123456789" in journal


def test_another_instance_is_found_out(folder: Folder, serve: Serve) -> None:
    url = serve(beginning=Beginning(1, Policy(closed_by_send="closed_abandoned")))
    set_up_company(url)
    write_targets(folder, url)
    ran = folder.smslab("run", SOME[0], "--target", "dev", "--no-reports")
    assert ran.returncode == 1
    assert re.search("expected: Closed Complete\n +got: Closed Abandoned", ran.stdout)
    assert "Traceback" not in ran.stdout


def test_more_numbers_of_the_company_than_described_are_lacking(
    folder: Folder, company: str
) -> None:
    folder.write(
        "features/many.feature",
        """
        Feature: Many numbers

          Scenario: Three that wait in the queue
            Given the company texts from "+1 312 555 0141", where requesters wait in the queue
            And the company texts from "+1 312 555 0142", where requesters wait in the queue
            And the company texts from "+1 312 555 0143", where requesters wait in the queue
        """,
    )
    ran = folder.smslab("run", "features", "--target", "dev", "--no-reports")
    assert "1 scenario: 1 skipped" in ran.stdout
    assert f"because the target dev lacks: {Need.COMPANY} (1)" in ran.stdout


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("", "needs test_numbers in targets.toml"),
        ('test_numbers = ["0151 2345"]\ncompany_numbers = ["+4930901820"]', "is no test number"),
        ('password = "secret"', "credentials come from the environment"),
        ('kind = "sap"', "of the kind 'sap'; there are: http, servicenow."),
    ],
)
def test_a_description_that_cannot_be_used_is_refused(
    folder: Folder, entry: str, said: str
) -> None:
    kind = "" if "kind" in entry else 'kind = "servicenow"'
    folder.write("targets.toml", f'[dev]\n{kind}\nurl = "http://127.0.0.1:9"\n{entry}')
    with pytest.raises(TargetFailed, match=re.escape(said)):
        chosen_target("dev", folder.path)


@pytest.mark.parametrize("table", ADDED)
def test_a_column_that_the_company_has_not_added_is_said(table: str) -> None:
    numbers = {"test_numbers": ["+12025550100"], "company_numbers": ["+13125550101"]}
    described = {"name": "dev", "url": "https://dev.example.com", **numbers}
    target = ServiceNowTarget(described, Lacking(table), Credentials())
    missing = ", ".join(sorted(ADDED[table]))
    with pytest.raises(TargetFailed, match=f"The table {table} shows no {missing}: add"):
        target.check(())


class Lacking:
    """A transport to an instance one of whose tables lacks the columns that a company adds."""

    def __init__(self, table: str) -> None:
        self._table = table

    def begin(self, seed: int) -> None: ...

    def wait(self, seconds: float) -> None: ...

    def send(self, request: Request) -> Answer:
        table = request.path.rpartition("/")[2]
        lacking = ADDED[table] if table == self._table else frozenset()
        columns = {"sys_id", *COLUMNS.get(table, ()), *ADDED.get(table, ())} - lacking
        return Answer(200, {"result": [dict.fromkeys(columns, "")]})

    def close(self) -> None: ...


def test_an_unknown_name_gets_the_nearest(folder: Folder) -> None:
    write_targets(folder, "http://127.0.0.1:9")
    ran = folder.smslab("run", SOME[0], "--target", "dve")
    assert ran.returncode == 2
    assert "did you mean 'dev'?" in ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr


def test_numbers_stand_for_others_both_ways() -> None:
    drawn = iter(["+12025550100", "+12025550101"])
    numbers = Numbers({"queue": ["+13125550111"]}, drawn.__next__)
    numbers.add_company_number("+4930901820", "queue")
    assert numbers.real("+4915123456789") == "+12025550100"
    assert numbers.real("+4915123456789") == "+12025550100"
    assert numbers.own("+12025550100") == "+4915123456789"
    assert numbers.company("+4930901820") == "+13125550111"
    assert numbers.company("+49301") == "+49301"
    assert numbers.in_words("from +13125550111.") == "from +4930901820."
    assert numbers.requesters == ["+12025550100"]
    with pytest.raises(Lacks, match="a number for \\+4989123456, where the virtual agent answers"):
        numbers.add_company_number("+4989123456", "virtual agent")


def test_ranges_of_test_numbers() -> None:
    found = NumberRanges(["+15005550001", "+15005550010 to +15005550012"])
    assert list(found) == ["+15005550001", "+15005550010", "+15005550011", "+15005550012"]
    assert "+15005550011" in found
    assert "+15005550002" not in found
    for entry in ("+1 500", "+15005550012 to +15005550010", "15005550001"):
        with pytest.raises(TargetFailed, match="is no test number"):
            NumberRanges([entry])

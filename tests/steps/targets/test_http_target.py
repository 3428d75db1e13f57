"""Features on a served instance: the same journals as in this process, and plain refusals."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from smslab.simulator.extensions.ready_made import BusinessNumbersOnly
from smslab.steps.targets.choosing import chosen_target
from smslab.steps.targets.protocol import TargetFailed
from tests.steps.conftest import Folder
from tests.steps.targets.conftest import Serve, feature, journal_of

SOME = [feature(name) for name in ("extension_order_and_failures", "sends_at_the_same_moment")]
"""Features whose commands travel in more than one way; tests/features runs all of them."""

ONE = feature("number_territories")


def test_journals_are_equal_byte_by_byte(folder: Folder, url: str) -> None:
    here = folder.smslab("run", *SOME, "--no-reports", "--results", "here")
    there = folder.smslab("run", *SOME, "--no-reports", "--results", "there", "--target", url)
    assert (here.returncode, there.returncode) == (0, 0), there.stdout
    assert journal_of(folder, "here") == journal_of(folder, "there")
    assert f"Target: {url}" in there.stdout
    assert "skipped" not in there.stdout


def test_switches_of_the_run_hold_there_and_a_failure_says_how_to_run_it_again(
    folder: Folder, url: str
) -> None:
    options = ["run", feature("agent_sends_open_corners"), "--no-reports"]
    options += ["--switch", "closed_by_send=closed_abandoned", "--seed", "7"]
    here = folder.smslab(*options, "--results", "here")
    there = folder.smslab(*options, "--results", "there", "--target", url)
    assert here.returncode == there.returncode == 1
    assert journal_of(folder, "here") == journal_of(folder, "there")
    assert re.search(rf"run it again with: smslab run \S+:\d+ .*--target {url}", there.stdout)


def test_texts_arrive_at_the_webhook_and_numbers_at_their_endpoint(
    folder: Folder, url: str, tmp_path: Path
) -> None:
    recorded = tmp_path / "recorded.jsonl"
    options = ["--target", url, "--record", str(recorded), "--no-reports"]
    assert folder.smslab("run", feature("conversations_of_guests"), *options).returncode == 0
    asked = recorded.read_text()
    assert '"path": "/api/sn_va_sms_twilio/message"' in asked
    assert '"path": "/api/now/initiate_message/validate_phone_number"' in asked
    assert "requester_texts" not in asked


def test_of_two_runs_the_first_learns_that_it_has_lost_the_instance(
    folder: Folder, url: str
) -> None:
    folder.write(
        "features/conftest.py",
        f"""
        import httpx
        from pytest_bdd import when

        @when("another run begins")
        def _(scene):
            httpx.post("{url}/control/reset", json={{"seed": 2}}).raise_for_status()
        """,
    )
    folder.write(
        "features/two.feature",
        """
        Feature: Two runs

          Scenario: One
            Given the company texts from "+49 30 901820"
            When another run begins
            Given Ana is a consumer

          Scenario: Two
            Given Ana is a consumer

          Scenario: Three
            Given Ana is a consumer
        """,
    )
    ran = folder.smslab("run", "features", "--target", url, "--no-reports", "--no-strict")
    assert ran.returncode == 1
    assert "2 scenarios: 2 failed" in ran.stdout
    assert "Stopped early: 1 of 3 did not run" in ran.stdout
    assert ran.stdout.count("another run has reset this instance") == 2
    assert "Traceback" not in ran.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-n", "2"], "is one instance, which runs one scenario at a time: leave -n out."),
        (["--replay", "x.jsonl"], "leave --target and --record out."),
    ],
)
def test_what_cannot_be_on_one_instance_is_refused(
    folder: Folder, url: str, options: list[str], said: str
) -> None:
    ran = folder.smslab("run", ONE, "--target", url, *options)
    assert ran.returncode == 2
    assert said in ran.stderr + ran.stdout
    assert not (folder.path / "results").exists()


def test_code_does_not_travel(folder: Folder, url: str) -> None:
    target = chosen_target(url, folder.path)
    with pytest.raises(TargetFailed, match="give --extension to smslab serve"):
        target.check([BusinessNumbersOnly])
    target.close()


def test_a_target_that_is_not_there_is_said_once_before_anything_runs(folder: Folder) -> None:
    ran = folder.smslab("run", ONE, "--target", "http://127.0.0.1:9")
    assert ran.returncode == 2
    assert "The target http://127.0.0.1:9 does not answer" in ran.stderr + ran.stdout
    assert not (folder.path / "results").exists()


def test_without_a_control_area_it_is_said_how_to_get_one(folder: Folder, serve: Serve) -> None:
    target = chosen_target(serve(control=False), folder.path)
    with pytest.raises(TargetFailed, match="smslab serve --control"):
        target.check(())
    target.close()


def test_an_instance_that_goes_away_fails_the_scenarios_in_words(
    folder: Folder, serve: Serve
) -> None:
    url = serve()
    folder.write(
        "features/conftest.py",
        """
        from pytest_bdd import when
        from smslab.steps.targets.client import HttpTransport
        from smslab.steps.targets.protocol import TargetFailed

        @when("the instance goes away")
        def _(monkeypatch):
            def gone(self, request):
                raise TargetFailed(self._unreachable(OSError("connection refused")))
            monkeypatch.setattr(HttpTransport, "send", gone)
        """,
    )
    folder.write(
        "features/gone.feature",
        """
        Feature: Gone

          Scenario: One
            Given Ana is a consumer
            When the instance goes away
            Given Ben is a consumer
        """,
    )
    ran = folder.smslab("run", "features", "--target", url, "--no-reports", "--no-strict")
    assert ran.returncode == 1
    assert f"The target {url} does not answer: connection refused." in ran.stdout
    assert "Traceback" not in ran.stdout


def test_time_moves_along_with_the_instance(folder: Folder, url: str) -> None:
    folder.write(
        "features/conftest.py",
        """
        from datetime import UTC, datetime
        from pytest_bdd import then

        @then("the clock on the wall says the same")
        def _(scene):
            assert datetime.now(UTC) == scene.instance.clock.now
        """,
    )
    folder.write(
        "features/time.feature",
        """
        Feature: Time

          Scenario: One
            When 3 hours pass
            Then the clock on the wall says the same
        """,
    )
    ran = folder.smslab("run", "features", "--target", url, "--no-reports")
    assert ran.returncode == 0, ran.stdout
    assert httpx.get(f"{url}/control/clock").json()["now"] == "2026-01-05T12:00:00Z"

"""`smslab serve` as somebody meets it who knows the README and the contract only."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.steps.server import Server, serving

README = Path(__file__).parents[2] / "README.md"


def snippets(language: str) -> list[str]:
    """The code of a language in the README's section for integration developers."""
    text = README.read_text(encoding="utf-8")
    section = text.partition("## For integration developers\n")[2].partition("\n## ")[0]
    found = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found, language
    return found


def run(server: Server, command: list[str], code: str) -> str:
    """What a snippet prints that asks the server, which must end well."""
    at_the_server = code.replace("http://127.0.0.1:8000", server.url)
    done = subprocess.run(
        [*command, at_the_server], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout


def test_the_snippets_of_the_readme_do_what_they_say(tmp_path: Path) -> None:
    with serving(tmp_path, "--demo", "--control") as server:
        (by_curl,) = snippets("sh")
        told = run(server, ["bash", "-ec"], by_curl)
        assert '"status":"sent","row":"A-1"' in told
        assert "<Response></Response>" in told
        *_, last = told.splitlines()
        assert json.loads(last)["new"] == "IMS0000001"
        in_python = snippets("python")
        told = run(server, [sys.executable, "-c"], in_python[0])
        assert told.startswith("A-2 {")
        assert json.loads(told[4:])["command"] == "requester texts"
        assert run(server, [sys.executable, "-c"], in_python[1]) == "queued sent\n"


def test_accounts_and_pysnc_as_in_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for secret in ("INTEGRATION_PASSWORD", "PARCELS_SECRET", "CARRIER_TOKEN"):
        monkeypatch.setenv(secret, f"the {secret}")
    (accounts,) = snippets("toml")
    (tmp_path / "accounts.toml").write_text(accounts)
    monkeypatch.chdir(tmp_path)
    with serving(tmp_path, "--demo", "--tls", "tls", "--accounts", "accounts.toml") as server:
        code = snippets("python")[2].replace("https://127.0.0.1:8000", server.url)
        assert sorted(eval(run(server, [sys.executable, "-c"], code))) == ["Ana", "Ben"]


def test_the_tables_of_the_readme(tmp_path: Path) -> None:
    (described,) = snippets("json")
    (tmp_path / "incident.json").write_text(described)
    (tmp_path / "incidents.csv").write_text("short_description,api_key\nNo network,secret\n")
    with serving(tmp_path, "--tables", ".") as server:
        code = "import httpx; print(httpx.get('http://127.0.0.1:8000/api/now/table/incident').text)"
        (row,) = json.loads(run(server, [sys.executable, "-c"], code))["result"]
    assert (row["number"], row["state"], row["api_key"]) == ("INC0000001", "1", "********")


def test_a_state_file_says_that_it_goes_on_as_it_began(tmp_path: Path) -> None:
    with serving(tmp_path, "--state", "state", "--seed", "7") as server:
        assert server.warned == ""
    with serving(tmp_path, "--state", "state", "--seed", "7") as server:
        assert server.warned == ""
    with serving(tmp_path, "--state", "state", "--switch", "guest_profile=replace") as server:
        assert server.warned == (
            "state goes on with the seed, settings and time that it began with\n"
        )


def test_a_live_server_withstands_schemathesis(tmp_path: Path) -> None:
    """With all that its command line checks, methods that are none and headers included."""
    table = {"name": "incident", "columns": {"number": {}, "state": {"choices": {"1": "New"}}}}
    (tmp_path / "incident.json").write_text(json.dumps(table))
    with serving(tmp_path, "--demo", "--control", "--tables", ".") as server:
        found = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{server.url}/openapi.json"),
                *("--max-examples", "1", "--phases", "coverage,fuzzing", "--seed", "1"),
                *("--generation-database", "none"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert found.returncode == 0, found.stdout[-20_000:]

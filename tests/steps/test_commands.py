"""The commands that run no scenario: check, phrases, new and gaps."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

import smslab.features
from smslab.reports.journal_file import JournalFile, RunLine, write
from smslab.simulator.policy import SETTINGS, Policy
from smslab.simulator.rules import RULES
from smslab.steps.cli import app
from smslab.steps.engine.direct import language, run_features
from smslab.steps.engine.planning import feature_files
from smslab.steps.scaffold import first_feature, scenarios_of

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

FINE = "Feature: fine\n  Scenario: s\n    Given Ana is a consumer in Berlin\n"
WRONG = FINE.replace("fine", "wrong").replace("consumer", "consumr")
SHIPPED = Path(smslab.features.__path__[0])


def smslab_(*arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(app, list(arguments))


def test_check_says_nothing_of_what_is_right(folder: Folder) -> None:
    folder.write("features/fine.feature", FINE)
    ended = smslab_("check")
    assert ended.exit_code == 0
    assert ended.stdout == ""
    assert ended.stderr == "1 file checked: nothing to put right.\n"


def test_check_gives_file_line_and_the_nearest_phrase(folder: Folder) -> None:
    folder.write("features/fine.feature", FINE)
    folder.write("features/wrong.feature", WRONG)
    ended = smslab_("check", "--snippets")
    assert ended.exit_code == 1
    lines = ended.stdout.splitlines()
    assert lines[0].startswith("features/wrong.feature:3: no phrase says `Ana is a consumr in")
    assert "{parties} is a {party kind} in {place}" in ended.stdout
    assert "@given(" in ended.stdout
    assert ended.stderr == "2 files checked: 1 problem.\n"
    assert smslab_("check", "features/fine.feature").exit_code == 0


def test_check_knows_the_steps_of_a_conftest(folder: Folder) -> None:
    folder.write("features/own.feature", "Feature: own\n  Scenario: s\n    Given my own step\n")
    assert smslab_("check").exit_code == 1
    source = "from pytest_bdd import given\n@given('my own step')\ndef _(): ...\n"
    folder.write("features/conftest.py", source)
    assert smslab_("check").exit_code == 0


def test_check_says_which_module_cannot_be_loaded(folder: Folder) -> None:
    folder.write("features/fine.feature", FINE)
    folder.write("conftest.py", "import no_such_module\n")
    ended = smslab_("check")
    assert ended.exit_code == 2
    assert "conftest.py cannot be loaded: ModuleNotFoundError" in ended.stderr
    assert "no_such_module_either" in smslab_("check", "-p", "no_such_module_either").stderr


def test_check_of_nothing_is_no_success(folder: Folder) -> None:
    (folder.path / "features").mkdir()
    ended = smslab_("check")
    assert ended.exit_code == 1
    assert "There is no feature file" in ended.stderr


@pytest.mark.parametrize("command", ["check", "phrases", "--help"])
def test_what_runs_nothing_loads_no_pandas(folder: Folder, command: str) -> None:
    folder.write("features/fine.feature", FINE)
    code = (
        "import sys\nfrom smslab.steps.cli import app\n"
        f"app([{command!r}], standalone_mode=False)\n"
        "sys.exit(', '.join({'pandas', 'freezegun', 'faker', 'jinja2'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.stderr.splitlines()[-1:] in ([], [""], ["1 file checked: nothing to put right."])


def test_phrases_are_listed_by_subject_with_example_and_place(folder: Folder) -> None:
    ended = smslab_("phrases", "presence")
    assert ended.exit_code == 0
    assert ended.stdout.startswith("Routing\n")
    assert "  When {agent} becomes {presence}\n" in ended.stdout
    assert "{presence} is available, away or offline" in ended.stdout
    assert "as in: Bill becomes away" in ended.stdout
    assert re.search(r"steps/language/routing\.py:\d+\n", ended.stdout)


def test_every_phrase_is_in_the_book(folder: Folder) -> None:
    everything = smslab_("phrases", "--json", "book.json")
    assert everything.exit_code == 0
    book = json.loads(Path("book.json").read_text(encoding="utf-8"))
    assert {p["phrase"] for p in book["phrases"]} == {d.phrase for d in language().definitions}
    assert all(p["file"] and p["line"] and p["subject"] for p in book["phrases"])
    types = {t["name"]: t["regexp"] for t in book["settings"]["cucumber.parameterTypes"]}
    assert re.fullmatch(types["phone kind"], "mobile")
    assert "int" not in types


def test_nothing_like_it_gives_the_nearest_and_status_1(folder: Folder) -> None:
    ended = smslab_("phrases", "the number belongs to nobodi")
    assert ended.exit_code == 1
    assert "No phrase has all words" in ended.stderr
    assert "the number belongs to nobody" in ended.stdout
    assert smslab_("phrases", "xyzzy").stderr.endswith("smslab phrases\n")


def test_unused_phrases_are_those_that_no_step_uses(folder: Folder) -> None:
    folder.write("features/fine.feature", FINE)
    folder.write(
        "conftest.py",
        "from pytest_bdd import given\n@given('never said')\ndef _(): ...\n",
    )
    unused = smslab_("phrases", "--unused").stdout
    assert "Given never said\n" in unused
    assert "{parties} is a {party kind} in {place}\n" not in unused
    assert "{parties} are {party kind}s\n" in unused


def test_the_phrase_book_as_a_page_escapes_and_overwrites_nothing(folder: Folder) -> None:
    folder.write(
        "conftest.py",
        "from pytest_bdd import given\n@given('a <b>bold</b> step')\ndef _(): ...\n",
    )
    folder.write("features/fine.feature", FINE)
    assert smslab_("phrases", "--html", "book.html").exit_code == 0
    page = Path("book.html").read_text(encoding="utf-8")
    assert "a &lt;b&gt;bold&lt;/b&gt; step" in page
    assert "{agent} becomes {presence}" in page
    Path("book.html").write_text("mine", encoding="utf-8")
    again = smslab_("phrases", "--html", "book.html")
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert Path("book.html").read_text(encoding="utf-8") == "mine"
    assert smslab_("phrases", "--html", "book.html", "--force").exit_code == 0
    assert Path("book.html").read_text(encoding="utf-8") == page


def test_a_new_feature_passes_the_check_and_is_never_overwritten(folder: Folder) -> None:
    ended = smslab_("new", "a-4")
    assert ended.exit_code == 0, ended.stderr
    assert "Run it with: smslab run features/a_4.feature" in ended.stdout
    assert smslab_("check", "features/a_4.feature").exit_code == 0
    text = Path("features/a_4.feature").read_text(encoding="utf-8")
    assert "@A-4" in text
    again = smslab_("new", "A-4")
    assert again.exit_code == 2
    assert "--force" in again.stderr


def test_the_first_feature_of_every_rule_passes(folder: Folder) -> None:
    scenarios = list(scenarios_of(feature_files([SHIPPED])))
    shown = {tag.removeprefix("@") for each in scenarios for tag in each.tags} & set(RULES)
    assert len(shown) > 60
    for id in shown:
        folder.write(f"{id}.feature", first_feature(RULES[id], scenarios).text)
    records = run_features([folder.path])
    assert len(records) == len(shown)
    assert [r.result for r in records if r.result is None or r.result.status != "passed"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["A-44"], "did you mean A-4?"),
        (["parcel"], "a rule is such as A-4"),
        (["A-4", "--to", "a.txt"], "must end in .feature"),
    ],
)
def test_new_for_what_is_no_rule(folder: Folder, arguments: list[str], said: str) -> None:
    ended = smslab_("new", *arguments)
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert not Path("features").exists()


def journal_of(folder: Folder, *features: Path) -> Path:
    """The journal of a run of the features."""
    path = folder.path / "journal.jsonl"
    run = RunLine(1, dict(Policy().as_dict()), "0")
    write(path, JournalFile(run, run_features(features)))
    return path


def test_gaps_of_one_scenario(folder: Folder) -> None:
    smslab_("new", "A-4")
    said = smslab_("gaps", str(journal_of(folder, Path("features"))))
    assert said.exit_code == 1
    assert re.search(r"\n  A-2  With an active interaction that an agent has", said.stdout)
    assert "begin with: smslab new A-2" in said.stdout
    assert "\n  A-4  An active" not in said.stdout
    assert "\n  A-1  an agent sends, no conversation is going on\n" in said.stdout
    assert "queued_interaction: close_and_create\n" in said.stdout
    assert 'Given the setting "queued_interaction" is "close_and_create"' in said.stdout


def test_gaps_do_not_count_what_did_not_run(folder: Folder) -> None:
    smslab_("new", "A-4")
    file = Path("features/a_4.feature")
    file.write_text(file.read_text(encoding="utf-8") + "    And nobody says so\n", encoding="utf-8")
    said = smslab_("gaps", str(journal_of(folder, Path("features"))))
    assert "\n  A-4  An active" in said.stdout


def test_the_shipped_features_carry_out_every_row(folder: Folder) -> None:
    said = smslab_("gaps", str(journal_of(folder, SHIPPED))).stdout
    assert "Rules that no scenario exercised" not in said
    assert "Decision rows never carried out" not in said
    named = re.findall(r"^  (\S+): ", said, re.MULTILINE)
    assert set(named) <= set(SETTINGS)


def test_gaps_without_a_run(folder: Folder) -> None:
    ended = smslab_("gaps")
    assert ended.exit_code == 2
    assert "Run the features first" in ended.stderr

"""The page: what it says, and that nothing in a journal can change what it is."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from smslab.reports import Run, load, write_page
from smslab.reports.diagrams import sequence
from smslab.reports.journal_file import JournalFile, write
from smslab.reports.page import render
from smslab.simulator.rules import RULES
from tests.reports.hostile import hostile_journal
from tests.reports.page_reader import Page
from tests.reports.story import Story, run_line
from tests.reports.synthetic import (
    FAILURE,
    first_contact,
    journal_of,
    mixed_journal,
    reassignment,
    refused_send,
)


def page(journal: JournalFile) -> Page:
    return Page(render(Run(journal)))


JOURNALS = {
    "empty": journal_of(),
    "mixed": mixed_journal(),
    "hostile": hostile_journal(),
    "without a run line": replace(mixed_journal(), run=None),
    "damaged": JournalFile(run_line(), [first_contact().cut_off()], ["<b>lost</b>"]),
    "one key twice": journal_of(first_contact().passed(), first_contact(at=99).passed()),
}


@pytest.mark.parametrize("journal", JOURNALS.values(), ids=JOURNALS)
def test_the_page_is_well_formed_and_needs_nothing_else(journal: JournalFile) -> None:
    found = page(journal)
    anchors = {link for link in found.links if not link.startswith("#?")}
    assert all(link.startswith("#") for link in found.links)
    assert {link.removeprefix("#") for link in anchors} <= set(found.ids)
    for part in (found, found.unpacked):
        assert not part.tags.keys() & {"img", "link", "iframe", "object", "base", "use", "image"}
        assert not {name for name in part.attributes if name.startswith("on") or name == "style"}
    ids = [*found.ids, *found.unpacked.ids]
    assert len(ids) == len(set(ids))
    assert found.unpacked.tags["script"] == 0


def test_the_content_security_policy_admits_style_and_script_and_nothing_else() -> None:
    text = render(Run(mixed_journal()))
    found = Page(text)
    style = text[text.index("<style>") + len("<style>") : text.index("</style>")]
    script = "".join(data for kind, data in found.scripts if kind == "")
    hashes = [
        base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()
        for each in (style, script)
    ]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1] == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style
    kinds = {kind for kind, _ in found.scripts}
    assert kinds == {"", "application/json", "application/octet-stream"}


def test_the_script_neither_fetches_nor_stores_nor_runs_text() -> None:
    text = "".join(data for kind, data in page(mixed_journal()).scripts if kind == "")
    for name in (
        "fetch(",
        "XMLHttp",
        "import(",
        "eval",
        "Function(",
        "Storage",
        "cookie",
        "write(",
    ):
        assert name not in text


SENTENCES = {
    "All 2 scenarios passed.": [first_contact().passed(), reassignment().passed()],
    "The only scenario passed.": [first_contact().passed()],
    "Nothing was tested: no scenario ran.": [],
    "1 of 2 scenarios passed and none failed; 1 was skipped.": [
        first_contact().passed(),
        reassignment().ended("skipped"),
    ],
    "1 of 2 scenarios failed; 1 passed.": [
        first_contact().passed(),
        reassignment().ended("failed", 1),
    ],
    "2 of 2 scenarios did not run to the end (1 undefined, 1 cut off); 0 passed.": [
        first_contact().ended("undefined"),
        reassignment().cut_off(),
    ],
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_verdict_is_one_sentence(sentence: str) -> None:
    text = render(Run(journal_of(*SENTENCES[sentence])))
    heading = re.search(r"<h1><span.*?</span> (.*)</h1>", text)
    assert heading is not None
    assert heading[1] == sentence
    assert f"<title>{sentence} - smslab</title>" in text


def test_the_verdict_says_what_was_not_run() -> None:
    troubled = replace(journal_of(first_contact().ended("undefined")), withheld=1_998)
    assert (
        "1 of 1 scenario did not run to the end (1 undefined); 0 passed. "
        "1,998 more scenarios were not run: in strict mode nothing runs until"
    ) in page(troubled).text
    assert "✗ 1 more scenario was not run:" in page(replace(journal_of(), withheld=1)).text


def test_a_damaged_journal_is_never_a_clean_pass() -> None:
    journal = JournalFile(run_line(), [first_contact().passed()], ["journal.jsonl: lost"])
    assert "⚠ The journal is damaged: 1 scenario can be read, and none of them failed." in (
        page(journal).text
    )


def test_the_page_counts_rules_and_names_rows_never_exercised() -> None:
    text = page(mixed_journal()).text
    assert f"10 of {len(RULES)} known rules were exercised" in text
    assert "Decision rows never tried: A-3, A-5, R-1, R-2, R-3." in text


def test_a_failure_shows_what_was_expected_and_folds_the_detail() -> None:
    text = render(Run(mixed_journal()))
    failures = text[text.index('id="failures"') : text.index('id="rows"')]
    assert FAILURE in failures
    assert "features/reassignment.feature:42" in failures
    assert "smslab run features/reassignment.feature:40 --seed 7" in failures
    assert "AssertionError: &#39;consumer-1&#39;" in failures[failures.index("<details") :]
    assert failures.count('<article class="failure">') == 4
    assert "Later" not in failures


def test_expected_and_got_stand_apart() -> None:
    message = "whom the number belongs to\nexpected: Ana\n     got: Ben"
    text = page(journal_of(first_contact("failed").ended("failed", 1, message))).text
    assert "About whom the number belongs to Expected Ana Got Ben" in text


def test_a_failure_is_drawn() -> None:
    story = reassignment().ended("failed", 4, "no")
    text = render(Run(journal_of(story)))
    failures = text[text.index('id="failures"') : text.index('id="rows"')]
    assert str(sequence(story, "s1f")) in failures


def test_a_scenario_shows_its_steps_and_what_they_changed() -> None:
    text = page(journal_of(reassignment().ended("failed", 4, "no"))).text
    assert "Background of every scenario here Given Ana and Ben are consumers in Berlin" in text
    assert "Then these states change entity of from to interaction Ana Work In Progress" in text
    changes = text[text.index("What changed, by step") :]
    assert "interaction of Ana, IMS0000001 Work In Progress → Closed Complete A-4" not in changes
    assert "interaction of Ana Work In Progress → Closed Complete A-4" in changes
    assert "channel user profile of Ben – → active P-4" in changes
    assert "interaction of Ben – → New → Work In Progress, assigned to Cleo A-4" in changes


def test_the_details_of_a_scenario_are_packed_and_complete() -> None:
    journal = mixed_journal()
    run = Run(journal)
    found = Page(render(run))
    assert "&lt;" not in "".join(found.details.values())
    positions = {record.scenario.scenario: n for n, record in enumerate(journal.scenarios, start=1)}
    for key, decisions in run.decisions.groupby("scenario"):
        told = Page(found.details[f"s{positions[str(key)]}"]).text
        for number in decisions["requester_number"].dropna():
            assert number in told
        for outcome in decisions["outcome"]:
            assert outcome in told
    for key, messages in run.messages.groupby("scenario"):
        told = Page(found.details[f"s{positions[str(key)]}"]).text
        for body, states in zip(messages["body"], messages["states"], strict=True):
            assert body in told
            assert states in told


def test_numbers_that_changed_hands_are_told_in_order() -> None:
    text = page(mixed_journal()).text
    assert "Ana → Ben P-4 +4915123456789 1× The number now belongs to someone else" in text


def test_settings_say_what_was_changed_and_where() -> None:
    journal = journal_of(
        refused_send().passed(), run=run_line(queued_interaction="close_and_create")
    )
    text = page(journal).text
    settings = text[
        text.index("Switches used") : text.index("Provenance", text.index("Switches used"))
    ]
    changed = settings.index("queued_interaction")
    assert changed < settings.index("default_territory")
    assert "close_and_create ≠ changed take_over" in settings
    assert "claim default claim replace in 1 scenario" in settings


def test_damage_is_said_at_the_top_and_in_full() -> None:
    found = page(JOURNALS["damaged"])
    assert "The journal is damaged: this page does not show everything." in found.text
    assert "<b>lost</b>" in found.text
    assert "damaged" not in page(mixed_journal()).text


def test_provenance_gives_seed_and_version_or_says_that_they_are_lost() -> None:
    assert "Seed 7 (the same features" in page(mixed_journal()).text
    assert "Seed and version not known" in page(JOURNALS["without a run line"]).text


def test_template_language_in_a_journal_is_text() -> None:
    found = page(hostile_journal())
    assert "{{ 7*7 }}" in found.text
    assert "␀" in found.text


def test_no_control_character_reaches_the_page() -> None:
    assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f]", render(Run(hostile_journal()))) == []


def test_rendering_again_gives_the_same_bytes_also_in_another_process(tmp_path: Path) -> None:
    write(tmp_path / "journal.jsonl", mixed_journal())
    write_page(load(tmp_path), tmp_path / "one.html")
    script = (
        "import sys; from pathlib import Path; from smslab.reports import load, write_page\n"
        "write_page(load(sys.argv[1]), Path(sys.argv[2]))"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), str(tmp_path / "two.html")],
        check=True,
        env={"PYTHONHASHSEED": "99", "PYTHONPATH": ":".join(sys.path)},
    )
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_reading_a_journal_loads_neither_pandas_nor_jinja() -> None:
    script = (
        "import sys, smslab.reports.journal_file\n"
        "sys.exit(','.join(m for m in ('pandas', 'jinja2', 'numpy') if m in sys.modules) or None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_outline_is_told_once_with_a_row_and_a_status_for_each_example() -> None:
    text = page(mixed_journal()).text
    outline = text[text.index("✓ 2 passed National formats 2 examples") :]
    assert "No. Status number place 1 ✓ passed 0151 23456789 Berlin 2 ✓ passed 020" in outline
    assert outline.count("What changed, by step, in every example") == 1


def test_a_broken_invariant_is_named_in_its_scenario() -> None:
    story = Story("A race").step("When", "x").create("invariant", "I-1", broken="two are active")
    assert "invariant I-1 ✗ broken: two are active" in page(journal_of(story.passed())).text

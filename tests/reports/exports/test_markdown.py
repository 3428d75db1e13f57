"""The Markdown summary says what counts, and a Markdown reader finds in it nothing but text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from smslab.reports import Run
from smslab.reports.exports.markdown import MOST_FAILURES, summary, text
from smslab.reports.journal_file import JournalFile
from tests.reports.hostile import NASTY, hostile_journal
from tests.reports.story import Story
from tests.reports.synthetic import journal_of, mixed_journal

READER = MarkdownIt("gfm-like", {"linkify": False})


def tables(markdown: str) -> list[list[list[str]]]:
    """The cells of every table, as a reader sees them."""
    found: list[list[list[str]]] = []
    for token in READER.parse(markdown):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and found and token.level >= 4:
            found[-1][-1].append("".join(child.content for child in token.children or ()))
    return found


def marks(markdown: str) -> set[str]:
    """What a Markdown reader finds in it besides text."""
    kinds = set()
    for token in READER.parse(markdown):
        kinds.add(token.type)
        kinds.update(child.type for child in token.children or ())
    return kinds - {"inline", "text", "paragraph_open", "paragraph_close", "text_special"}


def test_verdict_counts_failures_and_what_was_never_tried() -> None:
    markdown = summary(Run(mixed_journal()))
    assert markdown.startswith("## smslab: 1 of 12 scenarios failed and 3 did not run to the end")
    counts, failures, rows = tables(markdown)
    assert dict(zip(*counts, strict=True)) == {
        **{"passed": "7", "failed": "1", "undefined": "1", "pending": "1"},
        **{"skipped": "1", "broken": "1"},
    }
    assert len(failures) - 1 == 4
    assert failures[3][1] == "features/reassignment.feature:42"
    assert "it belongs to Ana" in failures[3][2]
    assert dict(row[:2] for row in rows[1:])["A-3"] == "never"
    assert dict(row[:2] for row in rows[1:])["A-1"] == "4"
    assert r"not at their default: guest\_profile = replace." in markdown
    assert "Never exercised: C-1" in markdown
    assert markdown.endswith("Seed 7, smslab 0\\.1.0.\n")


def test_a_run_without_failures_has_no_table_of_them() -> None:
    journal = journal_of(Story("x", tags=("@A-1",)).step("Given", "x").passed())
    assert "What did not pass" not in summary(Run(journal))
    assert summary(Run(journal)).startswith("## smslab: The only scenario passed.")


def test_what_is_missing_is_said() -> None:
    journal = JournalFile(None, [], ["journal.jsonl: the closing line is missing."])
    assert "### What is missing\n\n- journal.jsonl: the closing" in summary(Run(journal))


def test_hostile_texts_stay_in_their_cells() -> None:
    markdown = summary(Run(hostile_journal()))
    assert [len(row) for row in tables(markdown)[1]] == [3, 3, 3]
    assert marks(markdown).isdisjoint({"html_block", "html_inline", "link_open", "image"})
    assert "<script" not in markdown


def test_many_failures_are_cut_and_counted() -> None:
    stories = [Story(f"s{n:03}").step("Given", "x", "failed") for n in range(MOST_FAILURES + 3)]
    markdown = summary(Run(journal_of(*(s.ended("failed", 0, "no") for s in stories))))
    assert len(tables(markdown)[1]) - 1 == MOST_FAILURES
    assert "3 more are on the page." in markdown


@pytest.mark.parametrize(
    "said", ["@somebody", "see #12", "GH-12", "https://x.y", "www.x.y", "a@b.cd"]
)
def test_nothing_calls_a_person_an_issue_or_a_link(said: str) -> None:
    assert said not in text(said)
    assert text(said).replace("\u2060", "").replace("\\", "") == said


def test_no_text_becomes_a_picture() -> None:
    assert text(":tada: at 12:30:15") == r"\:tada: at 12\:30:15"


@given(st.text())
@example(NASTY)
@example("1. a")
@example("- a\n- b")
@example("# a")
@example("    code")
@example("a | b\n--- | ---")
@example("***a*** `b` ~~c~~ [d](e) ![f](g) <b>h</b> &lt; \\ $x$")
def test_any_text_is_read_as_that_text(said: str) -> None:
    markdown = text(said, 10_000)
    assert marks(markdown) == set()
    read = "".join(t.content for token in READER.parse(markdown) for t in token.children or ())
    assert " ".join(read.replace("\u2060", "").split()) == " ".join(
        "".join(_seen(sign) for sign in said).replace("\u2060", "").split()
    )


def _seen(sign: str) -> str:
    return (
        " "
        if not text(f"a{sign}b").replace("\\", "").startswith(f"a{sign}")
        and (text(f"a{sign}b") == "a b")
        else sign
    )

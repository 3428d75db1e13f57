"""The summary of a run in Markdown, for pull requests and for what CI shows beside a job.

What features and steps say stands in it as plain text: nothing in it is Markdown, HTML, a
mention or a link, and a table stays a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from smslab.reports.frames.columns import rows_of
from smslab.reports.frames.grids import by_row
from smslab.reports.page.verdict import HARMLESS, verdict
from smslab.reports.run import Run

MOST_FAILURES = 50
"""Failures that a summary lists; the page has them all."""

MOST_CHARACTERS = 500
"""Characters of one text of the journal in a summary."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$])|:(?=\w+:)")
_BEGINNING = re.compile(r"^(\d*)([-+>=#.)])")
_BREAKS_OUT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]+")
_BEGINS_REFERENCE = re.compile(
    r"(@|#(?=\d)|\bGH(?=-\d)|\b(?:https?|ftp|mailto)(?=:)|\bwww(?=\.))", re.I
)


def summary(run: Run) -> str:
    """The whole summary: verdict, counts, what did not pass, what was never tried."""
    told = verdict(run)
    parts = [f"## smslab: {text(told.sentence)}"]
    if told.counts:
        names, numbers = zip(*told.counts, strict=True)
        parts.append(table(names, [[f"{number:,}" for number in numbers]], right=True))
    parts += _failures(run)
    parts += [*details(run), *_provenance(run)]
    return "\n\n".join(parts) + "\n"


def details(run: Run) -> list[str]:
    """What a summary says beyond verdict and failures, in paragraphs and tables."""
    return [*_damage(run), *_decision_table(run), *_rules(run), *_settings(run)]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: bool = False) -> str:
    """A table of texts that are Markdown already; numbers stand on the right where ``right``."""
    lines = [heads, ["---:" if right else "---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def text(said: str, most: int = MOST_CHARACTERS) -> str:
    """Any text on one line, so that Markdown shows it as it is, cut at ``most`` characters."""
    line = " ".join(_BREAKS_OUT.sub(" ", said).split())
    if len(line) > most:
        line = f"{line[: most - 1]}…"
    line = line.replace("&", "&amp;").replace("<", "&lt;")
    line = _BEGINNING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", line))
    return _BEGINS_REFERENCE.sub("\\1\u2060", line)


def _failures(run: Run) -> Iterator[str]:
    frame = run.scenarios
    bad = rows_of(frame[~frame["status"].isin(HARMLESS)])
    if not bad:
        return
    yield "### What did not pass"
    yield table(
        ("Scenario", "Where", "What happened"),
        (
            (
                f"{text(row['feature'], 120)}: {text(row['title'], 200)}",
                text(f"{row['file']}:{row['failed_at'] or row['at']}", 200),
                text(row["message"] or row["status"]),
            )
            for row in bad[:MOST_FAILURES]
        ),
    )
    if bad[MOST_FAILURES:]:
        yield f"{len(bad) - MOST_FAILURES:,} more are on the page."


def _damage(run: Run) -> Iterator[str]:
    if run.journal.damage:
        yield "### What is missing"
        yield "\n".join(f"- {text(paragraph)}" for paragraph in run.journal.damage)


def _decision_table(run: Run) -> Iterator[str]:
    rows = rows_of(by_row(run.decisions))
    yield "### Decision table"
    yield table(
        ("Row", "Exercised", "in passed", "in failed"),
        (
            (
                text(row["row"], 40),
                f"{row['exercised']:,}" if row["exercised"] else "**never**",
                f"{row['passed']:,}",
                f"{row['failed']:,}",
            )
            for row in rows
            if row["implemented"] or row["exercised"]
        ),
        right=True,
    )


def _rules(run: Run) -> Iterator[str]:
    rules = run.rules[run.rules["implemented"]]
    never = rules[~rules["exercised"]]["id"].tolist()
    said = f"Rules exercised: {len(rules) - len(never):,} of {len(rules):,}."
    yield f"{said} Never exercised: {text(', '.join(never), 2_000)}." if never else said


def _settings(run: Run) -> Iterator[str]:
    frame = run.settings
    changed = rows_of(frame[frame["scenario"].isna() & frame["changed"]])
    if changed:
        said = ", ".join(f"{text(row['name'])} = {text(row['value'])}" for row in changed)
        yield f"Switches of this run that are not at their default: {said}."


def _provenance(run: Run) -> Iterator[str]:
    line = run.journal.run
    if line is not None:
        yield f"Seed {line.seed}, smslab {text(line.smslab)}."

"""Puts the views of a run into the templates."""

from __future__ import annotations

import base64
import hashlib
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from smslab.reports.page.attachments import has_pictures
from smslab.reports.page.grids import matrix, number_effects, row_table, untried_rows
from smslab.reports.page.rules import rule_groups, setting_rows
from smslab.reports.page.scenarios import features, moved_numbers
from smslab.reports.page.text import count, line, shortened, status, visible, whole
from smslab.reports.page.verdict import anchors, failures, flaky, rules_exercised, skipped, verdict
from smslab.reports.run import Run

_TEMPLATES = Path(__file__).parent.parent / "templates"


def render(run: Run) -> str:
    """The page of a run. The same journal gives the same text."""
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    links = anchors(run)
    return (
        environment()
        .get_template("page.html")
        .render(
            style=Markup(style),
            style_hash=style_hash(style),
            pictures=has_pictures(run),
            run=run.journal.run,
            damage=run.journal.damage,
            verdict=verdict(run),
            exercised=rules_exercised(run),
            failures=failures(run),
            flaky=flaky(run),
            skipped=skipped(run),
            rows=row_table(run, links),
            untried=untried_rows(run),
            situations=matrix(run, "situation"),
            numbers=matrix(run, "number"),
            number_effects=number_effects(),
            moved=moved_numbers(run, links),
            rules=rule_groups(run),
            settings=setting_rows(run),
            features=features(run),
        )
    )


@cache
def environment() -> Environment:
    """The environment of all pages: everything is escaped, and a missing value is an error."""
    made = Environment(
        bytecode_cache=_compiled(),
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(line=line, whole=whole, status=status)
    made.filters.update(moment=_moment, shortened=shortened, count=count)
    return made


class _CompiledTemplates(FileSystemBytecodeCache):
    """Templates that an earlier run compiled, in a folder that only this user can write to."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled() -> FileSystemBytecodeCache | None:
    try:
        return _CompiledTemplates()
    except (OSError, RuntimeError):
        return None


def style_hash(style: str) -> str:
    """The hash by which the content security policy admits the style sheet, and no other."""
    return base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")


def _moment(time: datetime | None) -> str:
    """Virtual time as a reader wants it, UTC: the fraction only where there is one."""
    if time is None:
        return ""
    return time.strftime("%Y-%m-%d %H:%M:%S") + (f".{time:%f}" if time.microsecond else "")

"""Puts the views of a run into the templates."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from smslab.reports.collecting import uncollected
from smslab.reports.comparing import Comparison
from smslab.reports.diagrams import ownership_lanes, state_map
from smslab.reports.history.trends import Trends
from smslab.reports.page.attachments import Attached, has_pictures
from smslab.reports.page.compared import compare_section
from smslab.reports.page.failing import failures
from smslab.reports.page.grids import matrix, number_effects, row_table, untried_rows
from smslab.reports.page.index import index
from smslab.reports.page.numbers import moved_numbers
from smslab.reports.page.rules import rule_groups, setting_rows
from smslab.reports.page.scenarios import feature_views
from smslab.reports.page.states import EntityView, entities
from smslab.reports.page.text import count, line, moment, shortened, status, visible, whole
from smslab.reports.page.trends import trends_section
from smslab.reports.page.verdict import anchors, flaky, rules_exercised, skipped, verdict
from smslab.reports.run import Run

_TEMPLATES = Path(__file__).parent.parent / "templates"


def render(
    run: Run,
    comparison: Comparison | None = None,
    trends: Trends | None = None,
    homes: Mapping[str, str] | None = None,
) -> str:
    """The page of a run. The same journal gives the same text.

    ``comparison`` is one with ``run`` as its second run, ``trends`` are those that end with it.
    ``homes`` are the pages that hold the details of scenarios, by anchor; else this page does.
    """
    with uncollected():
        view = _view(run, comparison, trends, homes)
        return environment().get_template("page.html").render(view)


def _view(
    run: Run,
    comparison: Comparison | None,
    trends: Trends | None,
    homes: Mapping[str, str] | None,
) -> dict[str, Any]:
    links = anchors(run)
    return {
        **head(script="page.js"),
        "pictures": has_pictures(run),
        "run": run.journal.run,
        "damage": run.journal.damage,
        "verdict": verdict(run),
        "exercised": rules_exercised(run),
        "failures": failures(run),
        "flaky": flaky(run),
        "skipped": skipped(run),
        "rows": row_table(run, links),
        "untried": untried_rows(run),
        "situations": matrix(run, "situation"),
        "numbers": matrix(run, "number"),
        "number_effects": number_effects(),
        "moved": moved_numbers(run, links),
        "lanes": ownership_lanes(run, "lanes"),
        "entities": _mapped(run, None if comparison is None else comparison.a),
        "compared": _compared(comparison, links),
        "trends": _trends(run, trends, links),
        "rules": rule_groups(run),
        "settings": setting_rows(run),
        "features": feature_views(run, attachments_html, homes=homes),
        "total": len(run.journal.scenarios),
        "index": in_script(index(run)),
    }


def _mapped(run: Run, compared: Run | None) -> list[tuple[EntityView, Markup]]:
    views = enumerate(entities(run), start=1)
    return [(each, state_map(run, each.name, f"map{number}", compared)) for number, each in views]


def _compared(comparison: Comparison | None, links: dict[str, str]) -> Markup:
    if comparison is None:
        return Markup()
    return _section("compared.html", compare_section(comparison, links))


def _trends(run: Run, trends: Trends | None, links: dict[str, str]) -> Markup:
    if trends is None:
        return Markup()
    titles = dict(zip(run.scenarios["scenario"], run.scenarios["title"], strict=True))
    view = trends_section(trends, links, titles)
    return Markup() if view is None else _section("trends.html", view)


def _section(template: str, view: object) -> Markup:
    return Markup(environment().get_template(template).render(view=view))


def attachments_html(attached: Sequence[Attached]) -> str:
    """What a step attached, as HTML."""
    module = environment().get_template("attachments.html").module
    return str(module.attachments(attached))  # type: ignore[attr-defined]


def head(script: str | None = None) -> dict[str, Any]:
    """Style and script of a page, and the hashes by which its policy admits them and no other."""
    style = "".join(_template(name) for name in ("page.css", "comparing.css", "diagrams.css"))
    code = "" if script is None else _template(script)
    return {
        "style": Markup(style),
        "style_hash": admitted(style),
        "script": Markup(code),
        "script_hash": admitted(code),
    }


def in_script(data: object) -> Markup:
    """JSON that can stand in a script element: nothing in it ends the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


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
    made.filters.update(moment=moment, shortened=shortened, count=count)
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


@cache
def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def admitted(text: str) -> str:
    """The hash by which a content security policy admits a style sheet or a script."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")

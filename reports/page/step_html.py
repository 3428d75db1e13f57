"""Steps, their tables and outlines as HTML.

Written in Python, not in a template: a page can hold 20,000 steps, and a template takes ten
times as long for each. Every text of the journal goes through :func:`whole` or :func:`line`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import escape

from smslab.reports.journal_file import StepLine
from smslab.reports.page.attachments import Attached
from smslab.reports.page.expecting import expectation
from smslab.reports.page.placeholders import outlined
from smslab.reports.page.telling import same_step
from smslab.reports.page.text import line, status, whole

Table = tuple[tuple[str, ...], ...]
Attachments = Callable[[Sequence[Attached]], str]
"""Makes HTML of what a step attached."""

QUIET = ("passed", "skipped")
"""Of these a step says nothing: the page says so once."""

_MOST_COLUMNS = 6


def unsaid(steps: Sequence[StepLine], background: Sequence[StepLine]) -> list[StepLine]:
    """The steps that the background, shown elsewhere, does not tell already."""
    told = len(background)
    return [
        step
        for position, step in enumerate(steps)
        if position >= told or step.status not in QUIET or not same_step(step, background[position])
    ]


def steps_html(
    steps: Sequence[StepLine],
    attached: Mapping[int, Sequence[Attached]],
    attachments: Attachments,
) -> str:
    """Steps as a list that is numbered as in the scenario, not as in the list."""
    if not steps:
        return ""
    parts = [_list(steps[0].step)]
    expected = steps[0].step
    for step in steps:
        number = "" if step.step == expected else f' value="{step.step + 1}"'
        expected = step.step + 1
        parts.append(_step(step, number))
        if step.step in attached:
            parts.append(attachments(attached[step.step]))
        parts.append("</li>")
    return "".join([*parts, "</ol>"])


def background_html(name: str, steps: Sequence[StepLine]) -> str:
    """A background, once for all scenarios that have it."""
    if not steps:
        return ""
    items = "".join(f"{_said(s)}{_under(s.table, s.docstring)}</li>" for s in steps)
    return f'<div class="bg"><h5>{name}</h5>{_list(steps[0].step)}{items}</ol></div>'


def outline_html(rows: Sequence[Sequence[StepLine]], examples: Sequence[Mapping[str, str]]) -> str:
    """The steps of an outline, once, with ``<column>`` for what differs between its rows.

    ``rows`` are the steps of each row, ``examples`` its values. Where no text with placeholders
    fits, that of the first row stands for all.
    """
    longest = max(rows, key=len)
    if not longest:
        return ""
    whole_rows = [
        (steps, values)
        for steps, values in zip(rows, examples, strict=True)
        if len(steps) == len(longest)
    ]
    values = [values for _, values in whole_rows]
    parts = [_list(longest[0].step)]
    for versions in zip(*(steps for steps, _ in whole_rows), strict=True):
        first = versions[0]
        text = outlined([step.text for step in versions], values) or first.text
        table = _outlined_table([step.table for step in versions], values)
        docstrings = [step.docstring or "" for step in versions]
        docstring = None if first.docstring is None else outlined(docstrings, values)
        parts.append(
            f"<li><b>{escape(first.keyword)}</b> {_marked(text, values[0])}"
            f"{_under(table, docstring)}</li>"
        )
    return "".join([*parts, "</ol>"])


def reason_html(message: str) -> str:
    """Why a step did not pass: expected and got where it says both."""
    found = expectation(message)
    if found is None:
        return f'<div class="said">{whole(message)}</div>'
    about = f"<dt>About</dt><dd>{whole(found.about)}</dd>" if found.about else ""
    return (
        f'<dl class="expectation">{about}<dt>Expected</dt><dd>{whole(found.expected)}</dd>'
        f'<dt>Got</dt><dd class="got">{whole(found.got)}</dd></dl>'
    )


def table_html(table: Table) -> str:
    """A table as a step has it; a wide one scrolls by itself."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{whole(cell)}</td>' for cell in row)}</tr>" for row in table
    )
    made = f'<table class="given"><tbody>{rows}</tbody></table>'
    if len(table[0]) <= _MOST_COLUMNS:
        return made
    return f'<div class="wide" role="region" aria-label="Table of a step" tabindex="0">{made}</div>'


def _list(first: int) -> str:
    return '<ol class="steps">' if first == 0 else f'<ol class="steps" start="{first + 1}">'


def _said(step: StepLine, attributes: str = "") -> str:
    return f"<li{attributes}><b>{escape(step.keyword)}</b> {whole(step.text)}"


def _step(step: StepLine, number: str) -> str:
    if step.status in QUIET:
        gone = ' class="skipped"' if step.status == "skipped" else ""
        return f"{_said(step, number + gone)}{_under(step.table, step.docstring)}"
    said = reason_html(step.message) if step.message else ""
    return (
        f"{_said(step, f'{number} class={chr(34)}{escape(step.status)}{chr(34)}')} "
        f"{status(step.status)}{_under(step.table, step.docstring)}{said}"
    )


def _under(table: Table | None, docstring: str | None) -> str:
    if not table and docstring is None:
        return ""
    below = table_html(table) if table else ""
    if docstring is not None:
        below += f'<pre class="doc">{whole(docstring)}</pre>'
    return below


def _marked(text: str, columns: Iterable[str]) -> str:
    """Escaped text whose placeholders stand out."""
    marked = str(whole(text))
    for name in columns:
        placeholder = f"&lt;{escape(name)}&gt;"
        marked = marked.replace(placeholder, f"<i>{placeholder}</i>")
    return marked


def _outlined_table(
    tables: Sequence[Table | None], values: Sequence[Mapping[str, str]]
) -> Table | None:
    first = tables[0]
    shapes = {None if t is None else tuple(map(len, t)) for t in tables}
    if first is None or len(shapes) > 1:
        return first
    return tuple(
        tuple(
            outlined([t[i][j] for t in tables if t is not None], values) or cell
            for j, cell in enumerate(row)
        )
        for i, row in enumerate(first)
    )


def example_values(columns: Iterable[str], values: Mapping[str, str]) -> str:
    """The cells of a row of an outline."""
    return "".join(f"<td>{whole(values.get(name, ''))}</td>" for name in columns)


def heads(columns: Iterable[str]) -> str:
    """The column heads of an outline."""
    return "".join(f'<th scope="col">{line(name)}</th>' for name in columns)

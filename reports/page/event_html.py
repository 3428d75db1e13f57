"""What happened in a scenario as HTML: state changes, decisions, owners of numbers, messages.

As in ``step_html``, in Python because there are so many. Each function takes rows of a frame,
in the order of its ``*_COLUMNS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from smslab.reports.frames.columns import values_of
from smslab.reports.page.text import line, moment, whole

Row = tuple[Any, ...]

CHANGE_COLUMNS = ("step", "entity", "id", "of", "field", "old", "new", "rule", "time")
DECISION_COLUMNS = (
    *("step", "command", "began", "outcome", "refused_by", "reason", "row", "profile_rule"),
    *("agent", "party", "requester_number", "provider_number"),
    *("number_standing", "previous_owner"),
)
OWNER_COLUMNS = ("number", "owner", "from", "from_step", "from_rule", "until", "until_step")
MESSAGE_COLUMNS = (
    *("step", "author", "direction", "body", "of", "interaction", "states", "error_code"),
)


def by_scenario(frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of a frame by scenario, None for what is missing."""
    found: dict[str, list[Row]] = {}
    of_columns = [values_of(frame[name]) for name in columns]
    for key, row in zip(frame["scenario"].tolist(), zip(*of_columns, strict=True), strict=True):
        found.setdefault(key, []).append(row)
    return found


Line = tuple[int, str]
"""The position of a step, and what changed in it, as HTML."""


def change_lines(rows: Sequence[Row]) -> list[Line]:
    """What changed: one line for each record within a step.

    A time stands where it is another than before.
    """
    alone = _only_interactions(rows)
    lines: list[Line] = []
    clock = rows[0][-1] if rows else None
    for together in _by_record(rows):
        step, entity, id, of, *_, time = together[0]
        rules = ", ".join(dict.fromkeys(row[7] for row in together if row[7]))
        when = "" if time == clock else f" <small>at {moment(time)}</small>"
        clock = time
        said = (
            f"<b>{_what(entity, id, of, named=id not in alone)}</b> {_told(entity, together)}"
            f"{f' <small>{rules}</small>' if rules else ''}{when}"
        )
        lines.append((step, said))
    return lines


def changes_html(lines: Sequence[Line]) -> str:
    """Lines as a list that is numbered as the steps are; a table has twice the elements."""
    shown, items = None, []
    for step, said in lines:
        number = "" if step == shown or step < 0 else f" value={step + 1}"
        items.append(f"<li{number}>{said}</li>")
        shown = step
    return f'<ol class="ev">{"".join(items)}</ol>' if items else ""


def _only_interactions(rows: Sequence[Row]) -> set[str]:
    """The interactions that need no number, because their party has no other."""
    ids: dict[str, set[str]] = {}
    for _, entity, id, of, *_ in rows:
        if entity == "interaction":
            ids.setdefault(of, set()).add(id)
    return {id for found in ids.values() if len(found) == 1 for id in found}


def _by_record(rows: Sequence[Row]) -> list[list[Row]]:
    """Changes of one record within one step, in the order of the first of each."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault((row[0], row[1], row[2], row[-1]), []).append(row)
    return list(found.values())


def _told(entity: str, rows: Sequence[Row]) -> str:
    """The changes of one record: states as a chain, the rest as old and new value."""
    if entity == "invariant":
        return f"✗ broken: {whole(rows[0][6])}"
    parts: list[str] = []
    last = None
    for _, _, _, _, field, old, new, _, _ in rows:
        if field == last and parts:
            parts[-1] += f" → {_value(new)}"
        elif field in ("state", "value"):
            parts.append(f"{_value(old)} → {_value(new)}")
        elif old is None:
            parts.append(f"<small>{line(field.replace('_', ' '))}</small> {_value(new)}")
        else:
            name = line(field.replace("_", " "))
            parts.append(f"<small>{name}</small> {_value(old)} → {_value(new)}")
        last = field
    return ", ".join(parts)


def decisions_html(rows: Sequence[Row]) -> str:
    """What every send, and every text of a requester, came to."""
    body = [_decision(row) for row in rows]
    return _table(
        "Decisions",
        ("Step", "Command", "Outcome", "Row", "By and to", "Line", "The number was"),
        body,
    )


def owners_html(rows: Sequence[Row]) -> str:
    """Whose every number was."""
    body = [
        (
            line(number),
            line(owner),
            f"{moment(began)} <small>step {_position(step)}{f', {rule}' if rule else ''}</small>",
            "the end"
            if until is None
            else f"{moment(until)} <small>step {_position(last)}</small>",
        )
        for number, owner, began, step, rule, until, last in rows
    ]
    return _table("Who owned which number", ("Number", "Owner", "From", "Until"), body)


def messages_html(rows: Sequence[Row]) -> str:
    """Every message, and what became of it."""
    body = [
        (
            _position(step),
            f"{_named(author)} <small>{direction or ''}</small>",
            whole(body),
            f"{_named(of)} <small>{line(interaction or '')}</small>",
            f"{line(states)}{f' (error {line(error)})' if error else ''}",
        )
        for step, author, direction, body, of, interaction, states, error in rows
    ]
    return _table("Messages", ("Step", "From", "Text", "Conversation", "Became"), body)


def _table(caption: str, heads: Sequence[str], body: Sequence[tuple[str, ...]]) -> str:
    if not body:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rows = "".join(f"<tr><td>{'</td><td>'.join(cells)}</td></tr>" for cells in body)
    return (
        f'<div class="wide" role="region" aria-label="{caption}" tabindex="0"><table class="ev">'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        "</table></div>"
    )


def _decision(row: Row) -> tuple[str, ...]:
    step, command, began, outcome, refused_by, reason, id, profile_rule, *rest = row
    agent, party, number, company, standing, previous = rest
    how = f"<br><small>{line(began)}</small>" if began else ""
    by = f" by {line(refused_by)}" if refused_by else ""
    why = f"<br>{whole(reason)}" if reason else ""
    settled = f" <small>{line(profile_rule)}</small>" if profile_rule else ""
    whose = f" ({line(previous)})" if previous else ""
    return (
        _position(step),
        f"{line(command or '')}{how}",
        f"{line(outcome or '')}{by}{why}",
        f"{line(id or '')}{settled}",
        f"{_named(agent)} → {_named(party)}",
        f"{_named(number)}<br><small>{line(company or '')}</small>",
        f"{line(standing or '')}{whose}",
    )


def _what(entity: str, id: str, of: str | None, *, named: bool) -> str:
    if entity in ("setting", "invariant"):
        return f"{entity} {line(id)}"
    owner = f" of {line(of)}" if of else ""
    return f"{line(entity)}{owner}" + (f", {line(id)}" if named and entity == "interaction" else "")


def _value(value: str | None) -> str:
    return "\u2013" if value is None else whole(value)


def _named(name: str | None) -> str:
    return line(name) if name else "\u2013"


def _position(step: int | None) -> str:
    return str(step + 1) if step is not None and step >= 0 else "\u2013"

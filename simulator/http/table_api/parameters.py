"""The documented parameters of a request to the Table API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.table_api.columns import Catalog, Table
from smslab.simulator.http.table_api.presentation import Presentation, Shown
from smslab.simulator.http.table_api.query import operators as op
from smslab.simulator.http.table_api.query.parsing import parse, parsed_path
from smslab.simulator.http.table_api.query.tree import (
    Clause,
    Condition,
    Group,
    Invalid,
    Limits,
    Path,
    Query,
)
from smslab.simulator.http.table_api.query.walking import walk

_SHOWN: Mapping[str, Shown] = {"": "false", "false": "false", "true": "true", "all": "all"}
_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?")
_LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a result are asked for."""

    limit: int
    offset: int


def base_of(request: Request) -> str:
    """The address of the server as the client calls it, for links."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        name, port = request.scope.get("server") or ("localhost", None)
        host = name if port is None else f"{name}:{port}"
    return f"{request.scope['scheme']}://{host}"


def is_true(request: Request, name: str) -> bool:
    """Whether a yes-or-no parameter says yes."""
    return request.query_params.get(name, "").lower() == "true"


def presentation_of(request: Request) -> Presentation:
    """How the rows of an answer are to be shown. Raises ApiError 400."""
    if not request.scope["query_string"]:
        return Presentation(base_of(request))
    given = request.query_params
    shown = _SHOWN.get(given.get("sysparm_display_value", "").lower())
    if shown is None:
        raise ApiError(
            400, "Invalid parameter", "sysparm_display_value is one of true, false and all."
        )
    names = [name.strip() for name in given.get("sysparm_fields", "").split(",")]
    fields = tuple(name for name in names if name) or None
    links = not is_true(request, "sysparm_exclude_reference_link")
    return Presentation(base_of(request), shown, links, fields)


def page_of(request: Request, largest: int) -> Page:
    """The page that is asked for, at most ``largest`` rows of it. Raises ApiError 400."""
    limit = _number(request, "sysparm_limit", largest)
    return Page(min(limit, largest), _number(request, "sysparm_offset", 0))


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default)).strip()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 13):
        raise ApiError(400, "Invalid parameter", f"{name} is a number, not {text[:40]!r}.")
    if text.startswith("-") and int(digits):
        what = name.removeprefix("sysparm_")
        raise ApiError(400, f"{what} is {text}", f"Negative {what} is not supported")
    return int(digits)


def query_of(request: Request, catalog: Catalog, table: Table, limits: Limits) -> Query:
    """The rows that are asked for: an encoded query, else pairs of columns and values.

    Raises QueryRefused for a query beyond the limits.
    """
    if (text := request.query_params.get("sysparm_query")) is not None:
        return parse(text, limits)
    clauses = [
        _pair(catalog, table, name, value, limits)
        for name, value in request.query_params.items()
        if not name.startswith("sysparm_")
    ]
    groups: tuple[Group, ...] = (tuple(clauses),) if clauses else ()
    return Query(groups)


def _pair(catalog: Catalog, table: Table, name: str, value: str, limits: Limits) -> Clause:
    """A column's value; of choices and references what is displayed will do, too."""
    path = parsed_path(name, limits)
    walked = walk(catalog, table, path) if path else None
    if walked is None or path is None:
        return (Invalid(name),)
    clause: list[Condition] = [Condition(path, op.EQUALS, value)]
    column = walked.column
    clause += [
        Condition(path, op.EQUALS, each) for each, label in column.choices.items() if label == value
    ]
    referred = catalog.table(column.reference) if column.reference else None
    if referred is not None:
        clause += [_named(path, shown, value) for shown in _names_of(referred)]
    return tuple(clause)


def _names_of(table: Table) -> list[str]:
    """The columns by which people name a row: the displayed one, of users the login too."""
    return [name for name in dict.fromkeys((table.display, "user_name")) if name in table.columns]


def _named(path: Path, column: str, value: str) -> Condition:
    return Condition((*path, column), op.EQUALS, value)

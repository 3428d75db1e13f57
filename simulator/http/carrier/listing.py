"""The list of messages: which of them are asked for, and one page of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeAlias
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from smslab.simulator.http.carrier.problems import Problem
from smslab.simulator.http.carrier.resources import VERSION, Shown

Test: TypeAlias = Callable[[Shown], bool]
_PAGE_SIZE = 50
_LARGEST_PAGE = 1_000


def page_of(messages: Iterable[Shown], account: str, query: QueryParams) -> dict[str, Any]:
    """The page of messages that a query asks for, with the addresses of the others.

    Raises Problem for a query that cannot be understood.
    """
    size = min(max(_number(query, "PageSize", _PAGE_SIZE), 1), _LARGEST_PAGE)
    page = _number(query, "Page", 0)
    wanted = {name: query[name] for name in _FILTERS if name in query}
    tests = [_FILTERS[name](text) for name, text in wanted.items()]
    found = (each for each in messages if all(test(each) for test in tests))
    # One more than fits says that there is another page.
    shown = list(islice(found, page * size, (page + 1) * size + 1))

    def uri(number: int) -> str:
        further = urlencode({**wanted, "PageSize": size, "Page": number})
        return f"/{VERSION}/Accounts/{account}/Messages.json?{further}"

    return {
        "messages": [each.as_json(account) for each in shown[:size]],
        "page": page,
        "page_size": size,
        "start": page * size,
        "end": page * size + max(len(shown[:size]) - 1, 0),
        "uri": uri(page),
        "first_page_uri": uri(0),
        "next_page_uri": uri(page + 1) if len(shown) > size else None,
        "previous_page_uri": uri(page - 1) if page else None,
    }


def _number(query: QueryParams, name: str, otherwise: int) -> int:
    text = query.get(name, str(otherwise))
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Problem("20001", "Page and PageSize are whole numbers.")
    return int(text)


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Problem("20001", "DateSent is a day such as 2026-01-05, or a time in it.") from None


def _sent_on(text: str) -> Test:
    day = _time(text).date()
    return lambda shown: shown.sent is not None and shown.sent.date() == day


def _sent_until(text: str) -> Test:
    time = _time(text)
    return lambda shown: shown.sent is not None and shown.sent <= time


def _sent_since(text: str) -> Test:
    time = _time(text)
    return lambda shown: shown.sent is not None and shown.sent >= time


_FILTERS: Mapping[str, Callable[[str], Test]] = {
    "To": lambda text: lambda shown: shown.to == text,
    "From": lambda text: lambda shown: shown.sender == text,
    "DateSent": _sent_on,
    "DateSent<": _sent_until,
    "DateSent>": _sent_since,
}
"""By the name of a parameter what makes its test; ``DateSent<=2026-01-05`` is ``DateSent<``."""

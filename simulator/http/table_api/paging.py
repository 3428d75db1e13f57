"""The headers of a page: how many rows there are in all, and where the other pages are."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, urlencode

from smslab.simulator.http.table_api.parameters import Page

_PAGING = ("sysparm_offset", "sysparm_limit")


def page_headers(url: str, query_string: str, page: Page, total: int) -> dict[str, str]:
    """``Link`` with the pages first, prev, next and last; none where there is one page only.

    ``url`` is the address without parameters, ``query_string`` the parameters as they came.
    """
    if page.limit < 1 or (page.offset == 0 and total <= page.limit):
        return {}
    kept = [
        (name, value)
        for name, value in parse_qsl(query_string, keep_blank_values=True)
        if name not in _PAGING
    ]
    offsets = _offsets(page, total)
    links = [f'<{_address(url, kept, page.limit, at)}>;rel="{rel}"' for rel, at in offsets]
    return {"Link": ",".join(links)}


def _offsets(page: Page, total: int) -> list[tuple[str, int]]:
    last = max(0, (total - 1) // page.limit * page.limit)
    found = [("first", 0)]
    if page.offset > 0:
        found.append(("prev", max(0, min(page.offset - page.limit, last))))
    if page.offset + page.limit < total:
        found.append(("next", page.offset + page.limit))
    return [*found, ("last", last)]


def _address(url: str, kept: Sequence[tuple[str, str]], limit: int, offset: int) -> str:
    parameters = [*kept, ("sysparm_limit", str(limit)), ("sysparm_offset", str(offset))]
    return f"{url}?{urlencode(parameters, quote_via=quote)}"

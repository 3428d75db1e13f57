"""The extension points of section 9, and the matching of M-5 and M-6, broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from smslab.simulator.core import Core
from smslab.simulator.extensions import extension_hooks
from smslab.simulator.extensions.extension_points import POINTS, ExtensionPoint
from smslab.simulator.extensions.extensions import Answer, ExtensionFailed, Extensions, Registered
from smslab.simulator.records import Party
from smslab.simulator.requesters import inbound
from smslab.simulator.states import PartyKind
from tests.rules_matter.breaking import Break

Ask = Callable[..., Answer[Any]]


def _asking(change: Callable[[Ask, Extensions, type[ExtensionPoint], Any, Any, Any], Any]) -> Break:
    """Ask differently, at every point; the scenarios of one rule must notice."""
    ask: Ask = Extensions.ask

    def changed(self: Extensions, point: Any, applies: Any, question: Any, check: Any) -> Any:
        return change(ask, self, point, applies, question, check)

    return lambda patch: patch.setattr(Extensions, "ask", changed)


def _in_another_order(
    arranged: Callable[[tuple[Registered, ...]], tuple[Registered, ...]],
) -> Break:
    of = Extensions.of
    return lambda patch: patch.setattr(
        Extensions, "of", lambda self, point: arranged(of(self, point))
    )


def _whether_it_applies_or_not(
    ask: Ask, extensions: Extensions, point: Any, applies: Any, question: Any, check: Any
) -> Answer[Any]:
    return ask(extensions, point, lambda implementation: True, question, check)


def _what_ships_where_it_fails(
    ask: Ask, extensions: Extensions, point: Any, applies: Any, question: Any, check: Any
) -> Answer[Any]:
    try:
        return ask(extensions, point, applies, question, check)
    except ExtensionFailed:
        shipped = extensions.of(point)[-1].implementation
        return Answer(check(question(shipped)), shipped=True)


BREAKS_OF_EVERY_POINT: list[Break] = [
    _in_another_order(lambda registered: registered[-1:]),
    _asking(_whether_it_applies_or_not),
    _asking(_what_ships_where_it_fails),
]


def _contacts_are_not_looked_up(patch: pytest.MonkeyPatch) -> None:
    count = inbound._that_count

    def without_contacts(core: Core, records: list[Party]) -> list[Party]:
        return count(core, [r for r in records if r.kind is not PartyKind.CONTACT])

    patch.setattr(inbound, "_that_count", without_contacts)


BREAKS: dict[str, list[Break]] = {
    **{point.rule: list(BREAKS_OF_EVERY_POINT) for point in POINTS},
    "M-6": [_contacts_are_not_looked_up],
}
BREAKS["X-1"] += [
    _in_another_order(lambda registered: (*reversed(registered[:-1]), registered[-1])),
    lambda patch: patch.setattr(
        extension_hooks, "send_options", lambda core, channel, party, ours, theirs: (ours, ())
    ),
]

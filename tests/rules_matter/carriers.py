"""The provider's rules (A-11, O-1, O-2), each broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from smslab.simulator import messages, segments
from smslab.simulator.carriers import (
    answers,
    carrier,
    commands,
    destinations,
    errors,
    keywords,
    queues,
)
from smslab.simulator.carriers.answers import ANSWER_ROWS
from smslab.simulator.carriers.keywords import KEYWORDS
from smslab.simulator.kernel import Lane
from smslab.simulator.requesters import notifications
from smslab.simulator.segments import Encoding
from tests.rules_matter.breaking import Break, left_out


def _without_answer(position: int) -> Break:
    return lambda patch: patch.setattr(answers, "ANSWER_ROWS", left_out(ANSWER_ROWS, position))


def _attribute(owner: object, name: str, value: object) -> Break:
    return lambda patch: patch.setattr(owner, name, value)


def _method(name: str, changed: Callable[..., object]) -> Break:
    return lambda patch: patch.setattr(carrier.Carrier, name, changed)


def _last_comes_first(queue: queues.NumberQueue, now: int, rate: int | None) -> str:
    message = next(reversed(queue.waiting))
    if rate is not None:
        queue.free_at = now + queues.duration_of(queue.waiting[message], rate)
    queue.remove(message)
    return message


def _never_busy(queue: queues.NumberQueue, now: int, rate: int | None) -> str:
    message = next(iter(queue.waiting))
    queue.remove(message)
    return message


def _lost_when_expired(owner: carrier.Carrier, message: str) -> None:
    del owner._expiries[message]


def _without_word(keyword: int, word: str) -> Break:
    changed = replace(KEYWORDS[keyword], words=KEYWORDS[keyword].words - {word})
    rows = (*KEYWORDS[:keyword], changed, *KEYWORDS[keyword + 1 :])
    return lambda patch: patch.setattr(keywords, "KEYWORDS", rows)


def _other_code(condition: destinations.Condition) -> Break:
    code = errors.UNKNOWN_ERROR if condition is not destinations.Condition.DISTURBED else "30007"
    changed = {**destinations._CODES, condition: code}
    return lambda patch: patch.setattr(destinations, "_CODES", changed)


def _anybody_has_an_account(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(notifications, "_account", lambda party: party.id)


def _guess_among_several(patch: pytest.MonkeyPatch) -> None:
    def first(core: object, number: str) -> object:
        found = core.store.parties.find("number", number)  # type: ignore[attr-defined]
        return next((party for party in found if party.kind == "user"), None)

    patch.setattr(notifications, "user_account_of", first)


def _opted_out_everywhere(owner: carrier.Carrier, requester_number: str, _: str) -> bool:
    return any(
        row.requester_number == requester_number and row.state == "opted out"
        for row in owner._core.store.opt_outs
    )


BREAKS: dict[str, list[Break]] = {
    "A-11": [
        *(_without_answer(position) for position in range(1, len(ANSWER_ROWS) - 1)),
        _attribute(answers, "LONGEST_TEXT", 1599),
        *(_other_code(condition) for condition in destinations._CODES),
        _attribute(destinations, "TRIES_LANDLINES", frozenset()),
        _attribute(destinations, "TRIES_LANDLINES", frozenset({"DE"})),
        _attribute(carrier, "PROVIDER", "instance"),
        _attribute(carrier, "_RULE", None),
        _attribute(commands.CarrierCommands, "clear_condition", lambda self, number: None),
        _attribute(commands.CarrierCommands, "end_outage", lambda self, provider: None),
        _method("_expect_report", lambda self, message: None),
        _method("_report", lambda self, message: None),
        _method("_expire", _lost_when_expired),
        _method("_wake_at", lambda self, queue, number: None),
        _method("_has_outage", lambda self, number: False),
        _method("_rate", lambda self, number: None),
        _method("_wait", lambda self, number: None),
        _method("_wait", lambda self, number: timedelta(0)),
        _attribute(queues.NumberQueue, "take", _last_comes_first),
        _attribute(queues.NumberQueue, "take", _never_busy),
        _attribute(queues, "duration_of", lambda segments, rate: 1_000_000 // rate),
        _attribute(Lane, "cancel", lambda self, key: None),
        _attribute(
            messages, "segmented", lambda text: segments.SegmentedText(Encoding.GSM_7, (text,))
        ),
    ],
    "O-1": [
        _attribute(notifications, "CHOICES", {}),
        *(
            _attribute(
                notifications,
                "CHOICES",
                {key: value for key, value in notifications.CHOICES.items() if key != word},
            )
            for word in notifications.CHOICES
        ),
        _attribute(notifications, "CHOICES", {**notifications.CHOICES, "NOTIFICATION": True}),
        _anybody_has_an_account,
        _guess_among_several,
    ],
    "O-2": [
        _without_answer(0),
        *(
            _without_word(position, word)
            for position, keyword in enumerate(KEYWORDS)
            for word in sorted(keyword.words)
        ),
        _attribute(keywords, "act_on", lambda core, line, body: False),
        _attribute(keywords, "_set_opt_out", lambda core, line, state: None),
        _method("is_opted_out", _opted_out_everywhere),
        _attribute(
            keywords,
            "keyword_in",
            lambda body: next((k for k in KEYWORDS if k.name in body.upper()), None),
        ),
    ],
}

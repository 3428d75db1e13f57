"""Code of others comes back: after what it does, or after so many instructions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import pytest

from smslab.simulator.extensions.isolation import TooLong, bounded, described


def _endless() -> None:
    while True:
        pass


def _endless_on_one_line() -> None:
    while True: pass  # noqa: E701  # fmt: skip


def _endless_calls() -> None:
    def one() -> None:
        return None

    while True:
        one()


def _endless_generator() -> None:
    def numbers() -> Any:
        while True:
            yield 1

    max(number for number in numbers())


def _endless_in_spite_of_errors() -> None:
    while True:
        try:
            raise ValueError
        except Exception:
            continue


@pytest.mark.parametrize(
    "code",
    [
        _endless,
        _endless_on_one_line,
        _endless_calls,
        _endless_generator,
        _endless_in_spite_of_errors,
    ],
)
def test_what_never_ends_is_ended(code: Callable[[], None]) -> None:
    with pytest.raises(TooLong):
        bounded(code, instructions=1_000)


def test_what_ends_gives_its_answer_or_its_error() -> None:
    assert bounded(lambda: sum(range(10_000))) == sum(range(10_000))
    with pytest.raises(ZeroDivisionError):
        bounded(lambda: 1 // 0)


def test_the_budget_is_the_same_every_time() -> None:
    def counts_to(limit: int) -> int:
        count = 0
        while count < limit:
            count += 1
        return count

    def most() -> int:
        for limit in range(1_000):
            try:
                bounded(lambda: counts_to(limit), instructions=5_000)  # noqa: B023
            except TooLong:
                return limit
        return -1

    assert 0 < most() == most()


def test_code_that_swallows_the_end_and_returns_is_ended_all_the_same() -> None:
    def swallows() -> str:
        try:
            _endless()
        except BaseException:
            return "never mind"
        return "ended"

    with pytest.raises(TooLong):
        bounded(swallows, instructions=100)


@pytest.mark.parametrize("code", [lambda: None, lambda: 1 // 0, _endless])
def test_the_trace_function_is_as_before(code: Callable[[], object]) -> None:
    def debugger(frame: FrameType, event: str, argument: Any) -> None:
        return None

    before = sys.gettrace()
    sys.settrace(debugger)
    try:
        with suppress(ZeroDivisionError, TooLong):
            bounded(code, instructions=100)
        assert sys.gettrace() is debugger
    finally:
        sys.settrace(before)


class Unspeakable(Exception):
    """An error whose message cannot be made."""

    def __str__(self) -> str:
        raise RuntimeError


class Endless(Exception):
    """An error whose message never ends."""

    def __str__(self) -> str:
        while True:
            pass


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValueError("two\n  lines"), "ValueError: two lines"),
        (ValueError(), "ValueError"),
        (ValueError("<object at 0x7f31a2b3c4d5>"), "ValueError: <object at 0x...>"),
        (KeyError("name"), "KeyError: 'name'"),
        (ValueError("x" * 500), f"ValueError: {'x' * 200}..."),
        (Unspeakable(), "Unspeakable"),
        (Endless(), "Endless"),
    ],
)
def test_an_error_in_one_line(error: Exception, expected: str) -> None:
    assert described(error) == expected

"""Requests and answers without what is another one in every run: ids, times, test numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from smslab.simulator.clock import START
from smslab.steps.targets.number_ranges import SIMULATED_NUMBERS, NumberRanges

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_SID = re.compile(r"\bSM[0-9a-f]{32}\b")
"""What the carrier calls a message: made here, and so not normalised when it is replayed."""
_NUMBER = re.compile(r"\b(IMS|(?:consumer|contact|user|agent|message|location)-)(\d+)\b")
"""What else an instance of ours calls its records."""
_PHONE = re.compile(r"\+\d{5,15}\b")
_TIME = re.compile(r"\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d(?:\.\d+)?(Z|\+00:00)?")


def normalised(exchanges: list[dict[str, Any]], test_numbers: NumberRanges) -> list[dict[str, Any]]:
    """Requests and answers with ids numbered as they come, and times from the usual beginning.

    Test numbers become those with which a recording is replayed. Those of our own instances
    need it not: they are the same in every run.
    """
    text = _with_simulated_numbers(json.dumps(exchanges, ensure_ascii=False), test_numbers)
    ids: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        id = found[0]
        return ids.setdefault(id, f"{len(ids) + 1:0{len(id)}x}")

    text = _ID.sub(numbered, text)
    shown: list[dict[str, Any]] = json.loads(_from_the_beginning(text))
    return shown


def _with_simulated_numbers(text: str, test_numbers: NumberRanges) -> str:
    free = iter(NumberRanges(SIMULATED_NUMBERS))
    simulated: dict[str, str] = {}

    def replaced(found: re.Match[str]) -> str:
        number = found[0]
        if number not in simulated and number in test_numbers:
            simulated[number] = next(free, number)
        return simulated.get(number, number)

    return _PHONE.sub(replaced, text)


def _from_the_beginning(text: str) -> str:
    named: dict[str, dict[str, str]] = {}

    def numbered(found: re.Match[str]) -> str:
        alike, width = named.setdefault(found[1], {}), 7 if found[1] == "IMS" else 1
        return alike.setdefault(found[0], f"{found[1]}{len(alike) + 1:0{width}d}")

    text = _NUMBER.sub(numbered, text)
    times = [time for found in _TIME.finditer(text) if (time := _time_of(found))]
    if times and (shift := START - min(times)):
        text = _TIME.sub(lambda found: _shifted(found, shift), text)
    return text


def _time_of(found: re.Match[str]) -> datetime | None:
    """The time, None for digits that only look like one."""
    try:
        return datetime.fromisoformat(found[0].replace("Z", "+00:00")).replace(tzinfo=UTC)
    except ValueError:
        return None


def _shifted(found: re.Match[str], shift: timedelta) -> str:
    time = _time_of(found)
    if time is None:
        return found[0]
    try:
        text = (time + shift).replace(tzinfo=None).isoformat(found[1])
    except OverflowError:
        return found[0]
    return f"{text}{found[2] or ''}"


def comparable(asked: Mapping[str, Any]) -> Any:
    """A request without what is another one in every run."""
    text = json.dumps(asked, sort_keys=True)
    return json.loads(_SID.sub("<message id>", _TIME.sub("<time>", text)))

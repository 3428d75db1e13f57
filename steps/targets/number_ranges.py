"""Numbers and ranges of numbers, as ``targets.toml`` names those that may be texted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smslab.steps.targets.protocol import TargetFailed

SIMULATED_NUMBERS = ["+12025550100 to +12025550999"]
"""What stands for test numbers where nobody could get a text."""

_E164 = re.compile(r"\+[1-9][0-9]{4,14}")


class NumberRanges:
    """The numbers of ``["+15005550001", "+15005550100 to +15005550199"]``, in their order.

    Raises TargetFailed for what is no number or range.
    """

    def __init__(self, described: Iterable[object]) -> None:
        self._ranges = [_range(str(entry)) for entry in described]

    def __iter__(self) -> Iterator[str]:
        for each in self._ranges:
            yield from (f"+{number}" for number in each)

    def __contains__(self, number: str) -> bool:
        return is_number(number) and any(int(number) in each for each in self._ranges)

    def __bool__(self) -> bool:
        return any(self._ranges)


def is_number(text: object) -> bool:
    """Whether a text is a number in E.164, written without anything else."""
    return isinstance(text, str) and _E164.fullmatch(text) is not None


def _range(entry: str) -> range:
    first, _, last = entry.partition(" to ")
    ends = [int(each) for each in (first, last or first) if is_number(each)]
    if len(ends) < 2 or ends[1] < ends[0]:
        raise TargetFailed(
            f"{entry!r} is no test number; write '+15005550001', or a range such as "
            "'+15005550100 to +15005550199'."
        )
    return range(ends[0], ends[1] + 1)

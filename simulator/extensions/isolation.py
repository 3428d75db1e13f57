"""Code of others, run so that it comes back: at most so many instructions, whatever it does.

The budget counts what Python executes, not time, so that the same code ends in the same
place on every machine. It counts bytecode instructions because a loop that stays on one line
is not seen to execute any further line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

INSTRUCTIONS = 200_000
"""How many instructions of Python one question to an extension may take."""

_INSTRUCTIONS_TO_DESCRIBE = 10_000
_LONGEST_DESCRIPTION = 200
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
T = TypeVar("T")


class TooLong(BaseException):
    """The code ran out of instructions. No Exception, so that ``except Exception`` misses it."""


def bounded(call: Callable[[], T], instructions: int = INSTRUCTIONS) -> T:
    """What ``call`` returns, or raises. Raises TooLong after so many bytecode instructions.

    Those of libraries that the code uses count, too. A trace function that was set before (a
    debugger's, a coverage tool's) does not see the code and is put back afterwards.

    It cannot stop a single call into C that does not return (``time.sleep``,
    ``sum(itertools.count())``, ``10 ** 10 ** 10``), code that catches BaseException and
    goes on, a thread that the code starts, or code that sets a trace function itself.
    """
    left = instructions

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        frame.f_trace_opcodes = True
        left -= 1
        if left < 0:
            raise TooLong
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        answer = call()
    finally:
        sys.settrace(before)
    if left < 0:
        raise TooLong
    return answer


def described(error: BaseException) -> str:
    """An error of other people's code in one line: its type and message.

    Memory addresses are left out, because they differ from run to run; a message that
    cannot be made, or takes too long, is left out, too.
    """
    name = type(error).__name__
    try:
        text = " ".join(str.split(bounded(lambda: str(error), _INSTRUCTIONS_TO_DESCRIBE)))
    except KeyboardInterrupt:
        raise
    except BaseException:
        return name
    text = _ADDRESS.sub("0x...", text)
    if len(text) > _LONGEST_DESCRIPTION:
        text = f"{text[:_LONGEST_DESCRIPTION]}..."
    return f"{name}: {text}" if text else name

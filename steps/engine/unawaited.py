"""Coroutines that are dropped without being awaited, which Python only warns of."""

from __future__ import annotations

import warnings
from types import TracebackType
from typing import Any, TextIO

_MESSAGE = r"coroutine .* was never awaited"


class NeverAwaited(Exception):
    """A coroutine was made and dropped, so what it should do was never done."""


class Unawaited:
    """A context that notes coroutines which nobody awaits.

    ``dropped`` are their names as Python gives them, in the order in which they were let
    go. All other warnings go where they went before.
    """

    __slots__ = ("_before", "_outer", "dropped")

    def __init__(self) -> None:
        self.dropped: list[str] = []
        self._outer = warnings.catch_warnings()
        self._before: Any = None

    def __enter__(self) -> Unawaited:
        """Begin to listen."""
        self._outer.__enter__()
        self._before = warnings.showwarning
        warnings.filterwarnings("always", _MESSAGE, RuntimeWarning)
        warnings.showwarning = self._heard
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self._outer.__exit__(kind, error, trace)

    def check(self) -> None:
        """Raise NeverAwaited if something was dropped since the last check."""
        if self.dropped:
            names = ", ".join(dict.fromkeys(self.dropped))
            self.dropped.clear()
            raise NeverAwaited(
                f"{names} was called, but never awaited, so it did not run. Put `await` before "
                "the call, in an `async def` step."
            )

    def _heard(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        said = str(message)
        if issubclass(category, RuntimeWarning) and said.endswith("was never awaited"):
            self.dropped.append(said.removeprefix("coroutine ").removesuffix(" was never awaited"))
        else:
            self._before(message, category, filename, lineno, file, line)

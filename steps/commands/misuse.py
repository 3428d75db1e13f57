"""What every command does with a wish that cannot be met."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import typer


class Misuse(typer.Exit):
    """The command line asks for something that is not there; the message has been shown."""

    def __init__(self, message: str) -> None:
        typer.echo(message, err=True)
        super().__init__(2)


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """``did you mean X?`` with the nearest of ``known``, else ``otherwise``."""
    by_folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.5)
    return f"did you mean {by_folded[near[0]]}?" if near else otherwise

"""What every command does with a wish that cannot be met."""

from __future__ import annotations

import typer


class Misuse(typer.Exit):
    """The command line asks for something that is not there; the message has been shown."""

    def __init__(self, message: str) -> None:
        typer.echo(message, err=True)
        super().__init__(2)

"""The option `--messages` of commands that make reports of a run which is over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from smslab.steps.commands.misuse import Misuse

if TYPE_CHECKING:
    from smslab.reports.journal_file import JournalFile

MessagesOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--messages",
        metavar="FILE",
        help="Write Cucumber Messages (NDJSON), too; the feature files must be here.",
    ),
]


def write_again(journal: JournalFile, facts: Mapping[str, Any], path: Path) -> None:
    """Write the messages of a run that is over, and say where they are. Raises OSError."""
    from smslab.steps.custom_steps import CannotLoad
    from smslab.steps.messages.again import write_messages_again

    try:
        write_messages_again(journal, facts, path)
    except CannotLoad as error:
        raise Misuse(str(error)) from None
    typer.echo(f"Messages: {path}")

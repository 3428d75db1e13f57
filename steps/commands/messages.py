"""The option `--messages` of commands that make reports of a run which is over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from smslab.steps.commands.misuse import Misuse
from smslab.steps.commands.plain import plain
from smslab.steps.engine.places import path_of

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
    """Write the messages of a run that is over, and say where they are. Raises Misuse."""
    from smslab.steps.custom_steps import CannotLoad
    from smslab.steps.messages.again import write_messages_again

    try:
        write_messages_again(journal, facts, path)
    except CannotLoad as error:
        raise Misuse(str(error)) from None
    except OSError as error:
        raise Misuse(
            f"The messages cannot be written: {error}. Make room there, or name another file."
        ) from None
    _say_what_is_not_here(journal)
    typer.echo(f"Messages: {path}")


def _say_what_is_not_here(journal: JournalFile) -> None:
    """Say where the messages lack scenarios, because their files are elsewhere."""
    files = dict.fromkeys(record.scenario.file for record in journal.scenarios)
    lost = [file for file in files if not path_of(file, Path.cwd()).is_file()]
    if lost:
        typer.echo(
            f"{plain(lost[0])}{f' and {len(lost) - 1} more' if lost[1:] else ''} cannot be found "
            "here; the messages lack their scenarios. Make them in the folder of the run.",
            err=True,
        )

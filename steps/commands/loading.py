"""The run that a command is about, and what of its journal is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from smslab.steps.commands.misuse import Misuse
from smslab.steps.commands.plain import plain

if TYPE_CHECKING:
    from smslab.reports.run import Run


def loaded(path: Path, *, mask: bool = False) -> Run:
    """The run at ``path``, masked where asked. Raises Misuse where there is none to be read."""
    from smslab.reports import JournalNotFound, load

    try:
        run = load(path)
    except JournalNotFound as error:
        raise Misuse(str(error)) from None
    except OSError as error:
        raise Misuse(f"{path} cannot be read: {error.strerror or error}.") from None
    if not mask:
        return run
    from smslab.reports.masking import masked

    return masked(run)


def say_damage(run: Run) -> int:
    """Say what of the journal is lost; the exit status: 1 where something is."""
    for paragraph in run.journal.damage:
        typer.echo(plain(paragraph), err=True)
    return 1 if run.journal.damage else 0

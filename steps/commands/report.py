"""`smslab report`: page and JUnit XML again, from a journal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smslab.steps.commands.misuse import Misuse


def report(
    path: Annotated[Path, typer.Argument(help="A results folder, or a journal.")],
) -> None:
    """Make the page and the JUnit XML of a run again, from its journal.

    The exit status is 1 if the journal is damaged; what can be read is in the page.
    """
    from smslab.reports import JournalNotFound, load, write_junit, write_page

    try:
        loaded = load(path)
    except JournalNotFound as error:
        raise Misuse(str(error)) from None
    folder = path if path.is_dir() else path.parent
    write_page(loaded, folder / "report.html")
    write_junit(loaded, folder / "junit.xml")
    for paragraph in loaded.journal.damage:
        typer.echo(paragraph, err=True)
    typer.echo(f"Scenarios: {len(loaded.journal.scenarios)}")
    typer.echo(f"Page: {folder / 'report.html'}")
    raise typer.Exit(1 if loaded.journal.damage else 0)

"""`smslab report`: page and JUnit XML again, from a journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smslab.steps.commands.loading import loaded, say_damage
from smslab.steps.commands.messages import MessagesOption, write_again
from smslab.steps.commands.misuse import Misuse

if TYPE_CHECKING:
    from smslab.reports.run import Run


def report(
    path: Annotated[Path, typer.Argument(help="A results folder, or a journal.")],
    folder: Annotated[
        bool,
        typer.Option("--folder", help="A page for each feature, with every diagram, in report/."),
    ] = False,
    mask: Annotated[
        bool,
        typer.Option(
            "--mask",
            help="Stand-ins for phone numbers, names and texts; leaves the other pages alone.",
        ),
    ] = False,
    messages: MessagesOption = None,
) -> None:
    """Make the page and the JUnit XML of a run again, from its journal.

    With --mask the page is report-masked.html, and no JUnit XML is made. The exit status is 1
    if the journal is damaged, as after a run that was killed; what can be read is in the page.
    """
    if mask and messages is not None:
        raise Misuse("Messages hold the feature files as they are: leave out --mask or --messages.")
    from smslab.reports.titles import withheld
    from smslab.steps.last_run import facts_beside

    run = loaded(path, mask=mask)
    try:
        page = _write(run, path, in_folder=folder, mask=mask)
    except OSError as error:
        raise Misuse(f"The page cannot be written: {error}. Make room there.") from None
    status = say_damage(run)
    typer.echo(f"Scenarios: {len(run.journal.scenarios)}")
    if run.journal.withheld:
        typer.echo(f"{withheld(run.journal.withheld)}.")
    typer.echo(f"Page: {page}")
    if messages is not None:
        write_again(run.journal, facts_beside(path), messages)
    raise typer.Exit(status)


def _write(run: Run, path: Path, *, in_folder: bool, mask: bool) -> Path:
    """Write the page, or the pages, of ``run``; the one to open."""
    from smslab.reports import write_junit, write_page
    from smslab.reports.page.folder import write_folder
    from smslab.steps.keeping import trends_beside

    where = path if path.is_dir() else path.parent
    name = "report-masked" if mask else "report"
    trends = None if mask else trends_beside(path)
    if not mask:
        write_junit(run, where / "junit.xml")
    if in_folder:
        return write_folder(run, where / name, trends=trends)[0]
    write_page(run, where / f"{name}.html", trends=trends)
    return where / f"{name}.html"

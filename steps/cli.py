"""The command `smslab`: its commands are in smslab.steps.commands, one module each."""

from __future__ import annotations

import gc
from typing import Annotated

import typer

from smslab.steps.commands.check import check
from smslab.steps.commands.compare import compare
from smslab.steps.commands.export import export
from smslab.steps.commands.gaps import gaps
from smslab.steps.commands.history import history
from smslab.steps.commands.merge import merge
from smslab.steps.commands.new import new
from smslab.steps.commands.phrases import phrases
from smslab.steps.commands.probe import probe
from smslab.steps.commands.report import report
from smslab.steps.commands.rules import rules
from smslab.steps.commands.run import run
from smslab.steps.commands.serve import serve
from smslab.steps.defaults import OBJECTS_BETWEEN_COLLECTIONS
from smslab.steps.leaving import leave_quickly

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

for command in (
    run,
    check,
    phrases,
    rules,
    new,
    gaps,
    merge,
    report,
    compare,
    export,
    serve,
    probe,
):
    app.command()(command)
app.add_typer(history, name="history")


@app.callback(invoke_without_command=True)
def _smslab(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Features on a simulated instance: agent-initiated SMS conversations."""
    if version:
        from smslab.steps.version import smslab_version

        typer.echo(f"smslab {smslab_version()}")
        raise typer.Exit


def main() -> None:
    """The entry point of the command."""
    # Nearly all that starting makes lives until the end; looking for garbage there takes time,
    # and so it does at the very end, when all goes anyway.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])
    leave_quickly()
    app()

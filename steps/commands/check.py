"""`smslab check`: what would keep features from running, for editors and pre-commit."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from smslab.steps.commands.misuse import Misuse

if TYPE_CHECKING:
    from smslab.steps.checking import Checked


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Feature files or folders; ./features if none.")
    ] = None,
    snippets: Annotated[
        bool, typer.Option("--snippets", help="Add Python for the steps that no phrase says.")
    ] = False,
    allow_same_names: Annotated[
        bool, typer.Option("--allow-same-names", help="Number scenarios of one name.")
    ] = False,
    plugin: Annotated[
        list[str] | None,
        typer.Option("-p", "--plugin", help="A module with steps of your own; repeatable."),
    ] = None,
) -> None:
    """Check features without running them; each problem is a line file:line: message.

    The exit status is 0 if there is nothing to put right, else 1.
    """
    with _no_garbage():
        checked = _checked(paths or [], plugin or [], allow_same_names)
    for paragraph in checked.paragraphs:
        typer.echo(paragraph)
    if snippets and checked.snippets:
        typer.echo("\n# Steps of your own go into a conftest.py beside the features:\n")
        typer.echo("\n".join(checked.snippets))
    typer.echo(checked.verdict, err=True)
    raise typer.Exit(1 if checked.paragraphs or not checked.files else 0)


def _checked(paths: list[str], plugins: list[str], allow_same_names: bool) -> Checked:
    from smslab.steps.checking import check_files
    from smslab.steps.custom_steps import CannotLoad
    from smslab.steps.selection import NothingThere, files_of

    try:
        return check_files(files_of(paths), plugins, allow_same_names=allow_same_names)
    except (NothingThere, CannotLoad) as error:
        raise Misuse(str(error)) from None


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Look for no garbage: what a check makes lives until it ends, which is soon."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

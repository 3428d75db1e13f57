"""The command `smslab`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import pytest
import typer

from smslab.steps.selection import NothingThere, selected
from smslab.steps.settings import DEFAULT_RESULTS, DEFAULT_SEED, extensions_of, policy_of

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

_PLUGINS = ("no:terminal", "no:cacheprovider", "smslab.steps.plugin", "pytest_bdd.plugin")
_OTHER_SETTINGS = {
    "PYTEST_ADDOPTS": "",
    "PYTEST_PLUGINS": "",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
}


class Misuse(typer.Exit):
    """The command line asks for something that is not there; the message has been shown."""

    def __init__(self, message: str) -> None:
        typer.echo(message, err=True)
        super().__init__(2)


@app.callback(invoke_without_command=True)
def _smslab(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Features on a simulated instance: agent-initiated SMS conversations."""
    if version:
        from smslab.steps.recording import smslab_version

        typer.echo(f"smslab {smslab_version()}")
        raise typer.Exit


@app.command()
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Feature files, folders, or FILE:LINE for one scenario."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The seed of the run.")] = DEFAULT_SEED,
    switch: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Set a switch or property; repeatable."),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A TOML file of settings; --switch comes after it."),
    ] = None,
    extension: Annotated[
        list[str] | None,
        typer.Option(metavar="MODULE", help="A module or .py file of extensions; repeatable."),
    ] = None,
    results: Annotated[
        str, typer.Option(metavar="DIR", help="Where results go.")
    ] = DEFAULT_RESULTS,
    processes: Annotated[int, typer.Option("-n", min=0, help="Run in N processes.")] = 0,
    plugin: Annotated[
        list[str] | None,
        typer.Option("-p", "--plugin", help="A pytest plugin that your steps need; repeatable."),
    ] = None,
) -> None:
    """Run features: ./features, or those that come with smslab where there are none.

    The exit status is 0 only if every scenario that ran passed, and one did.
    """
    switches = switch or []
    try:
        policy_of(switches, Path(policy) if policy else None)
        extensions_of(extension or [], Path.cwd())
        chosen = selected(paths or [])
    except (NothingThere, pytest.UsageError) as error:
        raise Misuse(str(error)) from None
    if processes and find_spec("xdist") is None:
        raise Misuse("-n needs pytest-xdist; install it, or leave -n out.")
    options = ["--smslab-seed", str(seed), "--smslab-results", results]
    options += [f"--smslab-switch={each}" for each in switches]
    options += [f"--smslab-policy={policy}"] if policy else []
    options += [f"--smslab-extension={each}" for each in extension or []]
    plugins = [*_PLUGINS, *(["xdist"] if processes else []), *(plugin or [])]
    options += [f"-p{each}" for each in plugins]
    options += ["-n", str(processes)] if processes else []
    raise typer.Exit(_run_pytest([*options, *chosen]))


@app.command()
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


@app.command()
def rules(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Rules such as A-4; all for none.")
    ] = None,
    only_open: Annotated[
        bool, typer.Option("--open", help="Only rules that no documentation settles.")
    ] = False,
    features: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Where scenarios are looked for, as run; repeatable."),
    ] = None,
) -> None:
    """Print the rule catalogue, and the scenarios that are tagged with each rule."""
    from smslab.steps.rules_command import UnknownRule, catalogue, chosen_rules, tagged_scenarios

    try:
        chosen = chosen_rules(ids or [], only_open)
        tagged = tagged_scenarios(features or [])
    except (NothingThere, UnknownRule) as error:
        raise Misuse(str(error)) from None
    for line in catalogue(chosen, tagged):
        typer.echo(line)


def main() -> None:
    """The entry point of the command."""
    app()


def _run_pytest(arguments: list[str]) -> int:
    """Run pytest with nothing of the user's own configuration; the exit status."""
    from smslab.steps.terminal import Terminal

    terminal = Terminal()
    isolated = [
        *("-c", os.devnull, "--rootdir", str(Path.cwd())),
        *("--import-mode=importlib", "-o", "python_files="),
    ]
    sys.path.append(str(Path.cwd()))  # a conftest.py imports the packages beside it, ours first
    with _environment(_OTHER_SETTINGS):
        status = int(pytest.main([*isolated, *arguments], plugins=[terminal]))
    passed = terminal.tally is not None and terminal.tally.passed
    return status or (0 if passed else 1)


@contextmanager
def _environment(changes: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

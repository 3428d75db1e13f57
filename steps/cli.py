"""The command `smslab`."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import pytest
import typer

from smslab.steps.engine.items import item_name
from smslab.steps.engine.model import Scenario
from smslab.steps.engine.parsing import parse_file
from smslab.steps.settings import DEFAULT_RESULTS, DEFAULT_SEED, policy_of

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

_SHIPPED = "smslab/features"
_PLUGINS = ("no:terminal", "no:cacheprovider", "smslab.steps.plugin", "pytest_bdd.plugin")
_OTHER_SETTINGS = {
    "PYTEST_ADDOPTS": "",
    "PYTEST_PLUGINS": "",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
}
_AT_LINE = re.compile(r"(.+\.feature):(\d+)")


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
        policy_of(switches)
    except pytest.UsageError as error:
        raise Misuse(str(error)) from None
    if processes and find_spec("xdist") is None:
        raise Misuse("-n needs pytest-xdist; install it, or leave -n out.")
    options = ["--smslab-seed", str(seed), "--smslab-results", results]
    options += [f"--smslab-switch={each}" for each in switches]
    plugins = [*_PLUGINS, *(["xdist"] if processes else []), *(plugin or [])]
    options += [f"-p{each}" for each in plugins]
    options += ["-n", str(processes)] if processes else []
    raise typer.Exit(_run_pytest([*options, *_selected(paths or [_default_features()])]))


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


def _default_features() -> str:
    return "features" if Path("features").is_dir() else str(_shipped_features())


def _shipped_features() -> Path:
    import smslab.features

    return Path(smslab.features.__path__[0])


def _selected(paths: Iterable[str]) -> list[str]:
    """The paths as pytest takes them. Raises Misuse for one that is not there."""
    selected: list[str] = []
    for path in paths:
        at = _AT_LINE.fullmatch(path)
        file = _existing(at[1] if at else path)
        selected += _scenarios_at(file, int(at[2])) if at else [str(file)]
    return selected


def _existing(path: str) -> Path:
    found = Path(path)
    if path.startswith(_SHIPPED) and not found.exists():
        found = _shipped_features() / path.removeprefix(_SHIPPED).lstrip("/")
    if not found.exists():
        known = [str(p.relative_to(Path.cwd())) for p in Path.cwd().glob("**/*.feature")]
        near = difflib.get_close_matches(path, known, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else "name a .feature file or a folder of them."
        raise Misuse(f"There is no file or folder {path}; {hint}")
    if found.is_file() and found.suffix != ".feature":
        raise Misuse(f"{path} is not a feature file: its name must end in .feature.")
    return found


def _scenarios_at(file: Path, line: int) -> list[str]:
    """The example row in ``line``, else the scenario or outline that begins in or before it."""
    candidates = parse_file(file, str(file))
    scenarios = [c if isinstance(c, Scenario) else c.scenario for c in candidates]
    headings = sorted({scenario.heading_at for scenario in scenarios})
    heading = max((at for at in headings if at <= line), default=headings[0])
    rows = [scenario for scenario in scenarios if scenario.at == line]
    chosen = rows or [scenario for scenario in scenarios if scenario.heading_at == heading]
    return [f"{file}::{item_name(scenario)}" for scenario in chosen]

"""`smslab run`: run features, and leave journal, page and JUnit XML."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from smslab.reports.history.addresses import DEFAULT_ADDRESS
from smslab.steps.commands.misuse import Misuse
from smslab.steps.defaults import DEFAULT_RESULTS, DEFAULT_SEED, HISTORY_VARIABLE

_OTHER_SETTINGS = {
    "PYTEST_ADDOPTS": "",
    "PYTEST_PLUGINS": "",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
}
_USAGE_ERROR = 4
_WHICH, _HOW, _LEFT = "Which scenarios run", "How they run", "What a run leaves"


def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Feature files, folders, or FILE:LINE for one scenario."),
    ] = None,
    tags: Annotated[
        str,
        typer.Option(
            "-t",
            "--tags",
            metavar="EXPRESSION",
            help="Such as '@A-4 and not @slow'.",
            rich_help_panel=_WHICH,
        ),
    ] = "",
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="TEXT",
            help="Only names with this text; repeatable.",
            rich_help_panel=_WHICH,
        ),
    ] = None,
    last_failed: Annotated[
        bool,
        typer.Option(
            "--last-failed", help="Only what did not pass last time.", rich_help_panel=_WHICH
        ),
    ] = False,
    shard: Annotated[
        str,
        typer.Option(
            metavar="N/M", help="Only part N of M equal parts, such as 1/4.", rich_help_panel=_WHICH
        ),
    ] = "",
    order: Annotated[
        str,
        typer.Option(
            metavar="ORDER", help="defined, random, or random:SEED.", rich_help_panel=_HOW
        ),
    ] = "defined",
    fail_fast: Annotated[
        bool,
        typer.Option(
            "-x", "--fail-fast", help="Stop at the first that does not pass.", rich_help_panel=_HOW
        ),
    ] = False,
    retry: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="Try what failed up to N times more.", rich_help_panel=_HOW
        ),
    ] = 0,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Say what would run, and run nothing.", rich_help_panel=_HOW
        ),
    ] = False,
    seed: Annotated[
        int, typer.Option(metavar="N", help="The seed of the run.", rich_help_panel=_HOW)
    ] = DEFAULT_SEED,
    switch: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="Set a switch or property; repeatable.", rich_help_panel=_HOW
        ),
    ] = None,
    policy: Annotated[
        str, typer.Option(metavar="FILE", help="A TOML file of settings; --switch comes after it.")
    ] = "",
    extension: Annotated[
        list[str] | None,
        typer.Option(metavar="MODULE", help="A module or .py file of extensions; repeatable."),
    ] = None,
    target: Annotated[
        str,
        typer.Option(
            metavar="URL|NAME",
            help="Where scenarios happen: a served instance, or one of targets.toml.",
            rich_help_panel=_HOW,
        ),
    ] = "",
    record: Annotated[
        str,
        typer.Option(metavar="FILE", help="Record what the target answers.", rich_help_panel=_LEFT),
    ] = "",
    replay: Annotated[
        str,
        typer.Option(metavar="FILE", help="Run on a recording, offline.", rich_help_panel=_HOW),
    ] = "",
    results: Annotated[
        str, typer.Option(metavar="DIR", help="Where results go.", rich_help_panel=_LEFT)
    ] = DEFAULT_RESULTS,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict/--no-strict", help="Run nothing until all is put right.", rich_help_panel=_HOW
        ),
    ] = True,
    allow_same_names: Annotated[
        bool,
        typer.Option(
            "--allow-same-names", help="Number scenarios of one name.", rich_help_panel=_HOW
        ),
    ] = False,
    reports: Annotated[
        bool,
        typer.Option(
            "--reports/--no-reports", help="Make the page and the JUnit XML.", rich_help_panel=_LEFT
        ),
    ] = True,
    messages: Annotated[
        str, typer.Option(metavar="FILE", help="Write Cucumber Messages (NDJSON), too.")
    ] = "",
    history: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            envvar=HISTORY_VARIABLE,
            help="Where runs are kept: a file, a database's address, or off.",
            rich_help_panel=_LEFT,
        ),
    ] = DEFAULT_ADDRESS,
    processes: Annotated[
        int,
        typer.Option("-n", min=0, metavar="N", help="Run in N processes.", rich_help_panel=_HOW),
    ] = 0,
    plugin: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            "--plugin",
            metavar="NAME",
            help="A pytest plugin that your steps need; repeatable.",
            rich_help_panel=_HOW,
        ),
    ] = None,
) -> None:
    """Run features: ./features, or those that come with smslab where there are none.

    The exit status is 0 only if every scenario that ran passed, and one did.
    """
    switches = switch or []
    options = ["--smslab-seed", str(seed), "--smslab-results", results]
    options += [f"--smslab-switch={each}" for each in switches]
    options += [f"--smslab-policy={policy}"] if policy else []
    options += [f"--smslab-extension={each}" for each in extension or []]
    options += [f"--smslab-tags={tags}", f"--smslab-order={order}"]
    options += [f"--smslab-name={each}" for each in name or []]
    options += [f"--smslab-shard={shard}"] if shard else []
    options += ["--smslab-last-failed"] if last_failed else []
    options += ["-x"] if fail_fast else []
    options += [f"--smslab-retry={retry}"] if retry else []
    options += ["--collect-only"] if dry_run else []
    options += _in_processes(0 if dry_run else processes)
    options += [f"--smslab-messages={messages}"] if messages else []
    options += [] if reports else ["--smslab-no-reports"]
    options += ["--smslab-strict"] if strict else []
    options += ["--smslab-allow-same-names"] if allow_same_names else []
    options += [f"-p{each}" for each in plugin or []]
    options += [f"--smslab-target={target}"] if target else []
    options += [f"--smslab-record={record}"] if record else []
    options += [f"--smslab-replay={replay}"] if replay else []
    _check_settings(switches, policy, extension or [])
    raise typer.Exit(_run_pytest([*options, *_chosen(paths or [])], history))


def _in_processes(processes: int) -> list[str]:
    if not processes:
        return []
    if find_spec("xdist") is None:
        raise Misuse("-n needs pytest-xdist; install it, or leave -n out.")
    return ["-pxdist", "-n", str(processes)]


def _check_settings(switches: list[str], policy: str, extensions: list[str]) -> None:
    import pytest

    from smslab.steps.settings import extensions_of, policy_of

    try:
        policy_of(switches, Path(policy) if policy else None)
        extensions_of(extensions, Path.cwd())
    except pytest.UsageError as error:
        raise Misuse(str(error)) from None


def _chosen(paths: list[str]) -> list[str]:
    from smslab.steps.selection import NothingThere, selected

    try:
        return selected(paths)
    except NothingThere as error:
        raise Misuse(str(error)) from None


def _run_pytest(arguments: list[str], history: str) -> int:
    """Run pytest with nothing of the user's own configuration; the exit status.

    The address of the history goes by the environment: it may have a password in it.
    """
    import pytest

    from smslab.steps.light_pytest import PLUGINS, LightPytest
    from smslab.steps.terminal import Terminal

    terminal = Terminal()
    isolated = [
        *("-c", os.devnull, "--rootdir", str(Path.cwd())),
        *("--import-mode=importlib", "-o", "python_files="),
        *(f"-p{plugin}" for plugin in PLUGINS),
    ]
    sys.path.append(str(Path.cwd()))  # a conftest.py imports the packages beside it, ours first
    with _environment({**_OTHER_SETTINGS, HISTORY_VARIABLE: history}):
        status = int(pytest.main([*isolated, *arguments], plugins=[terminal, LightPytest()]))
    if status == _USAGE_ERROR:
        return 2
    return status or (0 if terminal.succeeded else 1)


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

"""What GitHub Actions shows beside a run: annotations in the code, and a summary of the job."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import pytest

from smslab.steps.settings import RunSettings
from smslab.steps.tally import STATUSES, Tally, verdict

_SUMMARY = "GITHUB_STEP_SUMMARY"
_MOST_FAILURES = 50
_MOST_CHARACTERS = 4_000

Write = Callable[[str], object]


def on_github() -> bool:
    """Whether this is a step of a workflow of GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


class OnGithub:
    """Tells GitHub of a run of plain pytest, below pytest's own report, which is only text."""

    def __init__(self, tally: Tally, settings: RunSettings) -> None:
        self._tally = tally
        self._settings = settings

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> Generator[None, object, object]:
        """Put annotations below everything else."""
        with only_text(terminalreporter.write_line):
            result = yield
        if self._tally.scenarios:
            tell_github(self._tally, self._settings, terminalreporter.write_line)
        return result


def tell_github(tally: Tally, settings: RunSettings, write: Write) -> None:
    """Write annotations, line by line, and append the summary to $GITHUB_STEP_SUMMARY."""
    if not on_github():
        return
    folder = settings.config.invocation_params.dir
    for line in workflow_commands(tally, folder):
        write(line)
    add_to_summary(summary(tally, settings), write)


def add_to_summary(markdown: str, write: Write) -> None:
    """Append Markdown to the summary of the job, where the environment names one."""
    file = os.environ.get(_SUMMARY)
    if not file:
        return
    try:
        with Path(file).open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(markdown)
    except OSError as error:
        write(_command("warning", f"The summary of the job cannot be written: {error}."))


def has_summary() -> bool:
    """Whether the environment names a file for a summary of the job."""
    return on_github() and bool(os.environ.get(_SUMMARY))


@contextmanager
def only_text(write: Write) -> Iterator[None]:
    """Keep GitHub from taking what a feature or a step says for commands to the workflow."""
    if not on_github():
        yield
        return
    token = secrets.token_hex(16)
    write(f"::stop-commands::{token}")
    yield
    write(f"::{token}::")


def workflow_commands(tally: Tally, folder: Path) -> list[str]:
    """A workflow command for everything that did not pass, and for what is flaky.

    Places are relative to $GITHUB_WORKSPACE; ``folder`` is that of the run.
    """
    found = [
        _command("error", text, **_place(folder, file, text, at))
        for file, at, text in sorted(tally.failures)
    ]
    found += [_command("error", text) for text in tally.others]
    for file, at, text in sorted(tally.flaky):
        place = {"file": _in_workspace(folder, file), "line": str(at)}
        found.append(_command("warning", f"Flaky: {text}", **place))
    if not tally.scenarios.total():
        found.append(_command("error", "No scenario ran."))
    return found


def summary(tally: Tally, settings: RunSettings) -> str:
    """The verdict in Markdown. What features and steps say stands in it as plain text."""
    headline, *lines = verdict(tally, settings)
    used = [status for status in STATUSES if tally.scenarios[status]]
    parts = [f"## smslab: {headline}"]
    if used:
        rows = (used, ["---:"] * len(used), [str(tally.scenarios[status]) for status in used])
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    parts.append(_fenced("\n".join(lines)))
    failures = [*tally.others, *(text for _, _, text in sorted(tally.failures))]
    if failures:
        parts.append("### What did not pass")
        parts += [_fenced(text) for text in failures[:_MOST_FAILURES]]
    if failures[_MOST_FAILURES:]:
        more = len(failures) - _MOST_FAILURES
        parts.append(f"{more} more are in the journal, on the page and in the JUnit XML.")
    parts += tally.details
    return "\n\n".join(parts) + "\n\n"


def _place(folder: Path, file: str, text: str, at: int) -> dict[str, str]:
    """Where a failure is: its first line begins with the file and the line of the step."""
    line = re.match(rf"{re.escape(file)}:(\d+)(?:  (.*))?", text)
    place = {"file": _in_workspace(folder, file), "line": line[1] if line else str(at)}
    return {**place, "title": line[2]} if line and line[2] else place


def _in_workspace(folder: Path, file: str) -> str:
    workspace = Path(os.environ.get("GITHUB_WORKSPACE") or folder)
    path = folder / file
    return path.relative_to(workspace).as_posix() if path.is_relative_to(workspace) else file


def _command(kind: str, text: str, **properties: str) -> str:
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    first, _, rest = text.partition("\n")
    message = dedent(rest) if "title" in properties and rest else f"{first}\n{dedent(rest)}"
    return f"::{kind}{' ' if given else ''}{given}::{_data(message.strip())}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _fenced(text: str) -> str:
    """Text that Markdown takes as it is: the fence is longer than any in it."""
    if len(text) > _MOST_CHARACTERS:
        text = f"{text[: _MOST_CHARACTERS - 1]}…"
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"

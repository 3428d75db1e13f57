"""What `smslab run` shows: progress, then failures in words, then the verdict."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator

import pytest
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from smslab.steps.dry_run import DryRun, dry_run
from smslab.steps.github import only_text, tell_github
from smslab.steps.settings import settings_of
from smslab.steps.tally import Tally, verdict

_SIGNS_AT_A_TIME = 20
_SIGNS = {"passed": ".", "skipped": "s", "pending": "p"}


class Terminal:
    """The reporter of `smslab run`, in place of pytest's own.

    It writes to a copy of the standard output, because pytest captures the original while
    a step runs.
    """

    def __init__(self) -> None:
        stream = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", errors="replace")
        self.console = Console(file=stream, highlight=False, soft_wrap=True)
        self.tally: Tally | None = None
        self._dry: DryRun | None = None
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._shown = 0
        self._bad = 0

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Listen to the scenarios."""
        self.tally = config.pluginmanager.get_plugin("smslab_tally")
        if self.tally is not None:
            self.tally.on_scenario = self._scenario

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Begin to show progress; in a dry run, end with what would run."""
        if session.config.option.collectonly:
            self._dry = dry_run(session.items)
        else:
            self._begin(len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Begin to show progress, when many processes run the scenarios."""
        self._begin(len(ids))

    def pytest_internalerror(self, excrepr: object) -> None:
        """An error in the tool itself: all of it, for a report to its developers."""
        self._end()
        self.console.print("smslab failed in its own code. Please report this:", style="bold red")
        self.console.print(str(excrepr), markup=False)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Say why the run was stopped."""
        self._end()
        stopped = isinstance(excinfo.value, pytest.exit.Exception)
        why = str(excinfo.value) if stopped else "Stopped by hand; what ran until then is kept."
        self.console.print(why, style="yellow", markup=False)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Failures and the verdict, after the reports are written."""
        result = yield
        self._end()
        if self._dry is not None:
            self._say_what_would_run(self._dry)
        elif self.tally is not None:
            self._conclude(self.tally, session.config)
        return result

    @property
    def succeeded(self) -> bool:
        """Whether all that ran passed, and something did; or, in a dry run, would run."""
        if self._dry is not None:
            return self._dry.succeeded
        return self.tally is not None and self.tally.passed

    def _say_what_would_run(self, dry: DryRun) -> None:
        selected = self.tally.selection if self.tally else ""
        notes = self.tally.notes if self.tally else []
        style = "bold" if dry.succeeded else "bold red"
        for line in dry.scenarios:
            self.console.print(line, markup=False)
        for line in dry.problems:
            self.console.print(f"\n{line}", style="red", markup=False)
        self.console.print(f"\n{dry.verdict}", style=style, markup=False)
        for line in [*([f"Selected: {selected}"] if selected else []), *notes]:
            self.console.print(line, markup=False)

    def _conclude(self, tally: Tally, config: pytest.Config) -> None:
        with only_text(self._line):
            self._say_failures(tally)
        headline, *lines = verdict(tally, settings_of(config))
        style = "bold green" if tally.passed and not tally.others else "bold red"
        self.console.print(f"\n{headline}", style=style)
        for line in lines:
            self.console.print(line, markup=False)
        tell_github(tally, settings_of(config), self._line)

    def _say_failures(self, tally: Tally) -> None:
        for failure in [*tally.others, *(text for _, _, text in sorted(tally.failures))]:
            first, _, rest = failure.partition("\n")
            self.console.print(f"\n{first}", style="bold red", markup=False)
            self.console.print(rest, markup=False)

    def _line(self, text: str) -> None:
        self.console.file.write(f"{text}\n")

    def _begin(self, total: int) -> None:
        if self._progress is not None or not self.console.is_terminal or not total:
            return
        self._progress = Progress(
            TextColumn("running"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[bad]}"),
            console=self.console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=total, bad="")
        self._progress.start()

    def _scenario(self, status: str) -> None:
        self._shown += 1
        self._bad += status not in ("passed", "skipped")
        if self._progress is not None and self._task is not None:
            bad = f"{self._bad} did not pass" if self._bad else ""
            self._progress.update(self._task, advance=1, bad=bad)
        elif not self.console.is_terminal:
            end = "\n" if self._shown % 80 == 0 else ""
            self.console.file.write(f"{_SIGNS.get(status, 'F')}{end}")
            if self._shown % _SIGNS_AT_A_TIME == 0:
                self.console.file.flush()

    def _end(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
        elif self._shown % 80:
            self.console.print()
        self._shown = 0

"""Reports on a run, made from its journal alone.

In a notebook::

    import smslab.reports
    run = smslab.reports.load("results/latest")
    run.decisions.groupby("row").size()

pandas and Jinja2 are imported when a frame or a page is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from smslab.reports.journal_file import JournalNotFound
from smslab.reports.run import Run, load

__all__ = ["JournalNotFound", "Run", "load", "write_junit", "write_page"]


def write_page(run: Run, path: Path) -> None:
    """Write the HTML page of ``run``, atomically. Raises OSError where that cannot be done."""
    from smslab.reports.atomic import replacing
    from smslab.reports.page import render

    with replacing(path) as stream:
        stream.write(render(run))


def write_junit(run: Run, path: Path, durations: Mapping[str, float] | None = None) -> None:
    """Write the JUnit XML of ``run``, atomically; ``durations`` are seconds by scenario key.

    Raises OSError where that cannot be done.
    """
    from smslab.reports.atomic import replacing
    from smslab.reports.junit import render

    with replacing(path) as stream:
        stream.write(render(run.journal, durations or {}))

"""Reports on a run, made from its journal alone.

In a notebook::

    import smslab.reports
    run = smslab.reports.load("results/latest")
    run.decisions.groupby("row").size()

Every frame is an attribute of the run (:data:`smslab.reports.run.FRAMES` names them), and the
docstring of each says where its columns are described. :func:`load` takes a results folder or a
journal file; what is damaged in it is in ``run.journal.damage``. Journals of millions of events
are for :func:`smslab.reports.scale.summarise`, which counts them batch by batch.

pandas and Jinja2 are imported when a frame or a page is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from smslab.reports.journal_file import JournalNotFound
from smslab.reports.run import Run, load

if TYPE_CHECKING:
    from smslab.reports.comparing import Comparison
    from smslab.reports.history.trends import Trends

__all__ = ["JournalNotFound", "Run", "load", "write_junit", "write_page"]


def write_page(
    run: Run,
    path: Path,
    comparison: Comparison | None = None,
    trends: Trends | None = None,
) -> None:
    """Write the HTML page of ``run``, atomically. Raises OSError where that cannot be done.

    ``comparison`` is one with ``run`` as its second run, ``trends`` are those that end with it.
    """
    from smslab.reports.atomic import replacing
    from smslab.reports.page import render

    with replacing(path) as stream:
        stream.write(render(run, comparison=comparison, trends=trends))


def write_junit(run: Run, path: Path, durations: Mapping[str, float] | None = None) -> None:
    """Write the JUnit XML of ``run``, atomically; ``durations`` are seconds by scenario key.

    Raises OSError where that cannot be done.
    """
    from smslab.reports.atomic import replacing
    from smslab.reports.junit import render

    with replacing(path) as stream:
        stream.write(render(run.journal, durations or {}))

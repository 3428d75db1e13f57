"""The sequences of a run as Mermaid text, one file for each scenario."""

from __future__ import annotations

import re
from pathlib import Path

from smslab.reports.atomic import replacing
from smslab.reports.diagrams import sequence_mermaid
from smslab.reports.run import Run

_LONGEST_NAME = 80


def write_mermaid(run: Run, folder: Path) -> list[Path]:
    """Write a ``.mmd`` file for every scenario in which something happened; returns their paths.

    The files are numbered in the order of the journal. Raises OSError where that cannot be done.
    """
    paths = []
    for number, record in enumerate(run.journal.scenarios, start=1):
        text = sequence_mermaid(record)
        if text:
            words = re.sub(r"[^A-Za-z0-9]+", "-", record.scenario.name)[:_LONGEST_NAME].strip("-")
            paths.append(folder / f"{number:04}-{words or 'scenario'}.mmd")
            with replacing(paths[-1]) as stream:
                stream.write(text)
    return paths

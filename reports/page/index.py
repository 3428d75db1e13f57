"""The index that the page's script filters by: small numbers in place of values, as JSON."""

from __future__ import annotations

from typing import Any

import pandas as pd

from smslab.reports.page.facets import SHOWN, facets
from smslab.reports.page.text import shortened, visible
from smslab.reports.run import Run


def index(run: Run) -> dict[str, Any]:
    """What the script needs to find scenarios.

    ``facets`` are name and values; ``scenarios`` is, for each scenario in the order of the
    journal, the positions of its values in each facet. ``labels`` are the values as shown.
    """
    found = facets(run)
    every = dict.fromkeys(record.scenario.scenario for record in run.journal.scenarios)
    keys = {key: position for position, key in enumerate(every)}
    cells: list[list[list[int]]] = [[[] for _ in SHOWN] for _ in keys]
    shown = []
    for place, name in enumerate(SHOWN):
        of_facet = found[found["facet"] == name]
        codes, different = pd.factorize(of_facet["value"], sort=True)
        for key, code in zip(of_facet["scenario"].tolist(), codes.tolist(), strict=True):
            cells[keys[key]][place].append(code)
        shown.append([name, [str(visible(shortened(value, 200))) for value in different]])
    positions = [keys[record.scenario.scenario] for record in run.journal.scenarios]
    return {"facets": shown, "scenarios": [cells[position] for position in positions]}

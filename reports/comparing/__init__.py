"""Two runs compared: what became of each scenario, and where their states part.

In a notebook::

    from smslab import reports
    from smslab.reports.comparing import compare

    comparison = compare(reports.load("results/before"), reports.load("results/latest"))
    comparison.scenarios[comparison.scenarios["kind"] == "regressed"]
"""

from __future__ import annotations

from smslab.reports.comparing.comparison import Comparison, compare

__all__ = ["Comparison", "compare"]

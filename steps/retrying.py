"""Trying a scenario again that failed: one that then passes is flaky, and is called so."""

from __future__ import annotations

import pytest

from smslab.steps.engine.items import ScenarioItem
from smslab.steps.engine.private import run_item


class Retrying:
    """Runs a scenario up to ``retries`` times more while it fails.

    Only the last attempt is reported and in the journal, with the number of attempts. What
    cannot pass at any attempt, such as an undefined step, is not tried again.
    """

    def __init__(self, retries: int) -> None:
        self._retries = retries

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Run a scenario until it passes or no retry is left."""
        if not isinstance(item, ScenarioItem):
            return None
        item.retries_left, item.attempts = self._retries, 1
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        reports = run_item(item, nextitem)
        while item.failed_but_not_for_good:
            item.failed_but_not_for_good = False
            item.retries_left -= 1
            item.attempts += 1
            reports = run_item(item, nextitem)
        for report in reports:
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

"""Garbage collection while features run: rare, because hardly anything there is garbage."""

from __future__ import annotations

import gc
from collections.abc import Sequence

import pytest

from smslab.steps.defaults import OBJECTS_BETWEEN_COLLECTIONS
from smslab.steps.engine.items import ScenarioItem
from smslab.steps.leaving import leave_quickly


class RareCollections:
    """Collects cycles less often in a run of features, and never looks at what was collected.

    A scenario frees nearly all that it made when it ends, without help; what lives on, the
    collected scenarios and the records for the reports, would be searched in vain again and
    again. Nor does Python, when it ends: it would search all of it several times over.
    """

    def __init__(self) -> None:
        self._before = gc.get_threshold()
        self._ours = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Begin, before the features are read."""
        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, *self._before[1:])

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Leave alone what was collected, or, where that are no scenarios, go on as before."""
        self._frozen(session.items)

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Leave the process as it was, after pytest has collected garbage five times over."""
        config.add_cleanup(gc.unfreeze)

    def pytest_unconfigure(self) -> None:
        """Spare pytest's last collections what needs none."""
        gc.set_threshold(*self._before)
        gc.freeze()
        if self._ours:
            leave_quickly()

    def _frozen(self, items: Sequence[pytest.Item]) -> None:
        if any(isinstance(item, ScenarioItem) for item in items):
            self._ours = True
            gc.freeze()
        else:
            gc.set_threshold(*self._before)

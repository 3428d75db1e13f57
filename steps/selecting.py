"""Selecting and ordering scenarios in a run of pytest, in one process or in many."""

from __future__ import annotations

from typing import Any

import pytest

from smslab.steps.choosing import BadChoice, Choice, Order, Shard
from smslab.steps.engine.items import ScenarioItem
from smslab.steps.engine.model import Scenario
from smslab.steps.last_run import NothingFailed, failed_keys
from smslab.steps.settings import settings_of
from smslab.steps.tally import Tally

_ORDER, _KEYS = "smslab_order", "smslab_keys"


def add_options(group: pytest.OptionGroup) -> None:
    """The options that choose scenarios. They say nothing about other tests."""
    group.addoption(
        "--smslab-tags",
        default="",
        metavar="EXPRESSION",
        help="only scenarios of this tag expression, such as '@A-4 and not @slow'",
    )
    group.addoption(
        "--smslab-name",
        action="append",
        default=[],
        metavar="TEXT",
        help="only scenarios with this text in their name; may be given several times",
    )
    group.addoption(
        "--smslab-last-failed",
        action="store_true",
        default=False,
        help="only scenarios that did not pass in the run whose results are there",
    )
    group.addoption(
        "--smslab-shard", default=None, metavar="N/M", help="only part N of M equal parts"
    )
    group.addoption(
        "--smslab-order",
        default="defined",
        metavar="ORDER",
        help="defined (default), random, or random:SEED",
    )


class Selecting:
    """Applies the choice to what was collected. In a run in many processes every worker does."""

    def __init__(self, config: pytest.Config, tally: Tally) -> None:
        self._config = config
        self._tally = tally
        self._choice = _choice(config)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out and order scenarios; tests that are none stay where they are, first."""
        ours = [item for item in items if isinstance(item, ScenarioItem)]
        if not ours or self._choice == Choice():
            return
        chosen = self._choice.of(ours, _scenario)
        left_out = set(ours) - set(chosen)
        others = [item for item in items if not isinstance(item, ScenarioItem)]
        items[:] = [*others, *chosen]
        if left_out:
            config.hook.pytest_deselected(items=list(left_out))
        self._tally.selection = selection(self._choice, len(chosen), len(ours))
        self._tally.notes += self._choice.notes([_scenario(item) for item in ours])

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker what it cannot know."""
        node.workerinput[_ORDER] = str(self._choice.order)
        if self._choice.keys is not None:
            node.workerinput[_KEYS] = sorted(self._choice.keys)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a worker said: all say the same."""
        output = getattr(node, "workeroutput", {})
        self._tally.selection = output.get("smslab_selection", self._tally.selection)
        self._tally.notes = output.get("smslab_notes", self._tally.notes)
        self._tally.withheld = output.get("smslab_withheld", self._tally.withheld)

    def pytest_sessionfinish(self) -> None:
        """Tell the controller, in a worker."""
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput["smslab_selection"] = self._tally.selection
            self._config.workeroutput["smslab_notes"] = self._tally.notes
            self._config.workeroutput["smslab_withheld"] = self._tally.withheld


def selection(choice: Choice, chosen: int, of: int) -> str:
    """What was chosen, in a line for the verdict."""
    parts = [f"{chosen} of {of} scenarios"]
    if choice.tags:
        parts.append(f"tags {choice.tags}")
    if choice.names:
        parts.append("name " + " or ".join(f'"{name}"' for name in choice.names))
    if choice.keys is not None:
        parts.append("what failed last time")
    if choice.shard is not None:
        parts.append(f"shard {choice.shard}")
    if choice.order.seed is not None:
        parts.append(f"order {choice.order}")
    return "; ".join(parts)


def _choice(config: pytest.Config) -> Choice:
    """The choice that the options make. Raises pytest.UsageError.

    What only one process can know, a random order and what failed last time, a worker is told
    by the process that controls the run.
    """
    option = config.option
    told = getattr(config, "workerinput", {})
    keys: frozenset[str] | None = None
    try:
        shard = Shard.parse(option.smslab_shard) if option.smslab_shard else None
        order = Order.parse(told.get(_ORDER, option.smslab_order))
        if option.smslab_last_failed:
            known = told.get(_KEYS)
            keys = failed_keys(settings_of(config).results) if known is None else frozenset(known)
        return Choice(option.smslab_tags.strip(), tuple(option.smslab_name), keys, shard, order)
    except (BadChoice, NothingFailed) as error:
        raise pytest.UsageError(str(error)) from None


def _scenario(item: ScenarioItem) -> Scenario:
    return item.scenario

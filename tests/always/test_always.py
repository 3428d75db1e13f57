"""Whatever is asked of an instance, in whatever order: what must always hold, holds."""

from __future__ import annotations

import inspect
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from smslab.simulator import interactions
from smslab.simulator.commands import Commands
from smslab.simulator.instance import Instance
from smslab.simulator.store import Store
from smslab.steps.engine.direct import run_features
from tests.always.machine import Machine, NotAlways, Racing
from tests.always.retelling import retell
from tests.always.story import feature
from tests.always.world import KINDS

REPEATABLE = settings(
    derandomize=True, database=None, phases=[Phase.generate, Phase.shrink], stateful_step_count=40
)
AT_ONCE = settings(REPEATABLE, phases=[Phase.generate], report_multiple_bugs=False)
RACE = settings(REPEATABLE, stateful_step_count=20)
LOOK_UPS = {"is_opted_out", "messaging_action", "territory_of", "waiting_messages"}
"""Methods of the instance that are no commands."""


class Retold(Machine):
    """Tells its story at the end of each run, and expects the same tables from it."""

    def teardown(self) -> None:
        instance = self.world.instance
        with TemporaryDirectory() as folder:
            result, again = retell(feature(self.steps), Path(folder))
        assert result.status == "passed", f"{result.message}\n\n{feature(self.steps)}"
        assert again.store.snapshot() == instance.store.snapshot(), feature(self.steps)
        assert (again.clock.now, again.policy) == (instance.clock.now, instance.policy)


def commands_of(instance: type[Instance]) -> set[str]:
    """The names of the methods by which something is asked of an instance."""
    methods = inspect.getmembers(instance, inspect.isfunction)
    names = {name for name, _ in methods if not name.startswith("_")}
    return names - set(vars(Commands)) - LOOK_UPS


def test_the_machine_knows_every_command() -> None:
    assert {method for kind in KINDS.values() for method in kind.methods} == commands_of(Instance)


def test_what_must_hold_holds_after_every_command() -> None:
    Machine.carried_out.clear()
    missing, rounds = commands_of(Instance), 0
    while missing and rounds < 5:
        rounds += 1
        play = seed(rounds)(type("Play", (Machine,), {}))
        run_state_machine_as_test(play, settings=settings(REPEATABLE, max_examples=150))
        missing -= set(Machine.carried_out)
    assert missing == set(), "some commands were refused whenever they were given"


def test_a_rule_that_does_not_hold_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interactions, "refuse_if_final", lambda interaction: None)
    with pytest.raises(NotAlways, match="I-3 is broken"):
        run_state_machine_as_test(Machine, settings=settings(AT_ONCE, max_examples=200))


def test_a_change_that_is_not_taken_back_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "undo_to", lambda store, mark: None)
    with pytest.raises(NotAlways, match="refused"):
        run_state_machine_as_test(Machine, settings=settings(AT_ONCE, max_examples=200))


def test_a_story_is_what_happened() -> None:
    run_state_machine_as_test(Retold, settings=settings(REPEATABLE, max_examples=40))


def test_a_race_is_found_and_printed_as_a_feature_that_fails_in_the_same_way(
    tmp_path: Path,
) -> None:
    with pytest.raises(NotAlways) as found:
        run_state_machine_as_test(Racing, settings=settings(RACE, max_examples=100))
    breach = found.value.breaches[0]
    assert breach.invariant == "I-1"
    file = tmp_path / "found.feature"
    file.write_text(found.value.story, encoding="utf-8")
    (record,) = run_features([file])
    assert record.result is not None
    assert record.result.status == "failed"
    assert f"invariant I-1 is broken: {breach.sentence}" in str(record.result.message)

"""Keys and seeds do not depend on the order of a run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smslab.steps.engine.model import scenario_key, scenario_seed


def test_absent_parts_are_left_out_of_the_key() -> None:
    assert scenario_key("f", None, "s", None) == "f > s"
    assert scenario_key("f", "r", "s", {"a": "1", "b": "2"}) == "f > r > s > a=1, b=2"


def test_the_seed_of_a_scenario_never_changes() -> None:
    # Pinned: a journal names its seed, and must be repeatable with a later version.
    assert scenario_seed(1, "f > s") == 4449349670729750465


@given(st.integers(), st.text())
def test_seeds_are_whole_numbers_of_63_bits(run_seed: int, key: str) -> None:
    assert 0 <= scenario_seed(run_seed, key) < 2**63


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_scenarios_and_runs_have_seeds_of_their_own(a: int, b: int) -> None:
    assert (scenario_seed(a, "k") == scenario_seed(b, "k")) == (a == b)
    assert (scenario_seed(1, f"k{a}") == scenario_seed(1, f"k{b}")) == (a == b)

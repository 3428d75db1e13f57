"""The models of the kernel benchmark come to equal results, and to all that can happen."""

from __future__ import annotations

import pytest

from tests.benchmarks.desk import desk
from tests.benchmarks.kernel import RUNS


@pytest.mark.parametrize("seed", [1, 2])
def test_every_kernel_comes_to_the_same_result(seed: int) -> None:
    model = desk(500, seed)
    results = {run(model) for run in RUNS.values()}
    assert len(results) == 1
    (result,) = results
    assert result.said_goodbye + result.closed_by_timer == 500
    assert result.closed_by_timer > 0

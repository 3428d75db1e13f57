"""The HTTP benchmark measures what it says, in a small size; no times are asserted."""

from __future__ import annotations

import pytest

from tests.benchmarks.http import REQUESTS, TARGETS, server


def test_everything_is_measured_that_has_a_target() -> None:
    assert set(REQUESTS) == set(TARGETS)


@pytest.mark.parametrize("kind", ["bare", "smslab"])
def test_both_servers_answer_every_request_well(kind: str) -> None:
    with server(kind, connections=2) as asked:
        for make in REQUESTS.values():
            asked.ask([make(position) for position in range(5)])
        assert len(asked.clock) == len(asked.processor) == len(REQUESTS)
        assert min(asked.clock) > 0

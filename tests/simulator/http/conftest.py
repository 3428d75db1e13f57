"""A served demo company, with the control area on and nobody to sign in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.http.asking import Served
from tests.simulator.http.asking import served as serving
from tests.simulator.http.receiving import Receiver, receiving


@pytest.fixture
def served() -> Iterator[Served]:
    """A new one for each test."""
    with serving() as found:
        yield found


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver of status callbacks on this machine."""
    with receiving() as found:
        yield found

"""A served demo company, with the control area on and nobody to sign in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.http.asking import Served
from tests.simulator.http.asking import served as serving


@pytest.fixture
def served() -> Iterator[Served]:
    """A new one for each test."""
    with serving() as found:
        yield found

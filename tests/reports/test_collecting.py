"""The garbage collector is left as it was found."""

from __future__ import annotations

import gc

import pytest

from smslab.reports.collecting import uncollected


def test_nothing_is_collected_within_the_block_and_as_before_after_it() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_does_not_leave_it_off() -> None:
    with pytest.raises(ValueError, match="no"), uncollected():
        raise ValueError("no")
    assert gc.isenabled()

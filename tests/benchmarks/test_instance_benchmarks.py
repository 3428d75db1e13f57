"""The benchmarks of the whole instance do what they say, in small sizes; no times are asserted."""

from __future__ import annotations

import pytest

from tests.benchmarks import cost, throughput
from tests.benchmarks.company_at_work import Company


def test_every_command_is_measured_in_every_size() -> None:
    companies = [Company(3), Company(30)]
    medians = cost.measured(companies, conversations=5)
    assert {"send, new conversation", "requester texts", "close", cost.CHECK} < set(medians)
    assert all(len(sizes) == 2 and min(sizes) > 0 for sizes in medians.values())
    assert [len(company.instance.store.interactions) for company in companies] == [5, 5]
    assert not any(company.instance.breaches for company in companies)


def test_memory_is_told_for_tables_and_journal() -> None:
    told = cost.memory(consumers=50, interactions=20)
    assert min(told.values()) > 0
    assert told["events of an interaction"] > 10


def test_the_table_has_a_column_for_every_size(capsys: pytest.CaptureFixture[str]) -> None:
    cost.print_medians([1, 10], "consumers", {"close": [1e-6, 1.5e-6]})
    assert capsys.readouterr().out.splitlines()[-1].split() == ["close", "1.0", "1.5", "1.50"]


def test_the_shares_of_the_parts_are_all_of_the_time() -> None:
    per_second, shares = throughput.measured(conversations=20)
    assert per_second > 0
    assert set(shares) == {*throughput.PARTS, throughput.REST}
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares.values()) > 0


def test_nothing_is_left_patched() -> None:
    before = [getattr(owner, name) for parts in throughput.PARTS.values() for owner, name in parts]
    throughput.measured(conversations=2)
    after = [getattr(owner, name) for parts in throughput.PARTS.values() for owner, name in parts]
    assert after == before

"""A ranking always gives the lowest rank that fits, whatever moved before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smslab.simulator.routing.ranking import Ranking

KEYS = "abcdef"
moves = st.lists(
    st.tuples(st.sampled_from(KEYS), st.none() | st.integers(0, 3).map(lambda n: (n,)))
)


def made(steps: list[tuple[str, tuple[int] | None]]) -> tuple[Ranking[tuple[int]], dict[str, int]]:
    ranking: Ranking[tuple[int]] = Ranking()
    ranks: dict[str, int] = {}
    for key, rank in steps:
        if rank is None:
            ranking.remove(key)
            ranks.pop(key, None)
        else:
            ranking.place(key, rank)
            ranks[key] = rank[0]
    return ranking, ranks


@given(moves, st.frozensets(st.sampled_from(KEYS)))
def test_the_first_that_fits_has_the_lowest_rank(
    steps: list[tuple[str, tuple[int] | None]], fitting: frozenset[str]
) -> None:
    ranking, ranks = made(steps)
    expected = min(((ranks[key], key) for key in fitting & set(ranks)), default=(0, None))[1]
    assert ranking.first(fitting.__contains__) == expected
    assert ranking.first(fitting.__contains__) == expected


@given(moves)
def test_what_is_in_it_is_what_was_placed(steps: list[tuple[str, tuple[int] | None]]) -> None:
    ranking, ranks = made(steps)
    assert len(ranking) == len(ranks)
    assert {key for key in KEYS if key in ranking} == set(ranks)


def test_keys_that_move_often_leave_nothing_behind() -> None:
    ranking: Ranking[tuple[int]] = Ranking()
    for rank in range(10_000):
        ranking.place("a", (rank,))
        ranking.place("b", (-rank,))
    assert len(ranking._heap) < 50
    assert ranking.first(lambda key: True) == "b"


def test_one_that_fits_at_the_front_is_the_only_one_looked_at() -> None:
    ranking: Ranking[tuple[int]] = Ranking()
    for rank in range(1000):
        ranking.place(f"key-{rank}", (rank,))
    looked_at: list[str] = []

    def fits(key: str) -> bool:
        looked_at.append(key)
        return True

    assert ranking.first(fits) == "key-0"
    assert looked_at == ["key-0"]

"""What a choice keeps, how it deals out shards, and in which order it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.steps.choosing import BadChoice, Choice, Order, Shard
from smslab.steps.engine.model import Scenario

if TYPE_CHECKING:
    from collections.abc import Sequence


def scenario(name: str, *tags: str, feature: str = "F", rule: str | None = None) -> Scenario:
    key = f"{feature} > {name}"
    return Scenario(key, feature, "f.feature", "en", "", rule, name, tags, None, 1, 1, ())


SOME = [
    scenario("a number", "@A-1"),
    scenario("a letter", "@A-1", "@slow"),
    scenario("a parcel", "@P-2"),
]


def chosen(choice: Choice, scenarios: Sequence[Scenario] = SOME) -> list[str]:
    return [each.name for each in choice.of(scenarios, lambda each: each)]


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (Choice(), ["a number", "a letter", "a parcel"]),
        (Choice(tags="@A-1"), ["a number", "a letter"]),
        (Choice(tags="@A-1 and not @slow"), ["a number"]),
        (Choice(tags="not (@slow or @P-2)"), ["a number"]),
        (Choice(names=("LETTER",)), ["a letter"]),
        (Choice(names=("letter", "parcel")), ["a letter", "a parcel"]),
        (Choice(tags="@A-1", names=("parcel",)), []),
        (Choice(keys=frozenset({"F > a parcel"})), ["a parcel"]),
    ],
)
def test_what_is_chosen(choice: Choice, names: list[str]) -> None:
    assert chosen(choice) == names


def test_a_tag_with_a_parenthesis_is_written_with_a_backslash() -> None:
    odd = scenario("odd", "@a(b)")
    assert chosen(Choice(tags=r"@a\(b\)"), [odd]) == ["odd"]
    assert Choice(tags=r"@a\(b\)").notes([odd]) == []


def test_what_stands_for_a_broken_file_is_always_chosen() -> None:
    broken = scenario("f.feature", feature="f.feature")
    choice = Choice(tags="@A-1", names=("zzz",), keys=frozenset())
    assert chosen(choice, [*SOME, broken]) == ["f.feature"]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(tags="@A-11 or @slow"), "No scenario has the tag @A-11; did you mean @A-1?"),
        (
            Choice(names=("a lettre",)),
            'No scenario has "a lettre" in its name; did you mean a letter',
        ),
        (Choice(keys=frozenset({"F > gone", "F > x"})), "not here any more: F > gone and 1 more"),
    ],
)
def test_what_fits_nothing_is_said_with_the_nearest(choice: Choice, said: str) -> None:
    (note,) = choice.notes(SOME)
    assert said in note


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ("A-1", "did you mean '@A-1'?"),
        ("@A-1 and", "cannot be read"),
        ("@A-1 @A-2", "Expected operator"),
        ("(@A-1", "cannot be read"),
    ],
)
def test_a_tag_expression_that_cannot_be_read(tags: str, said: str) -> None:
    with pytest.raises(BadChoice, match=said.replace("?", r"\?")):
        Choice(tags=tags)


@pytest.mark.parametrize("text", ["0/4", "5/4", "1", "a/b", "1/0", "-1/2"])
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(BadChoice, match="such as 1/4"):
        Shard.parse(text)


@pytest.mark.parametrize("text", ["rnd", "random:", "random:x", ""])
def test_what_is_no_order(text: str) -> None:
    with pytest.raises(BadChoice, match="random:SEED"):
        Order.parse(text)


KEYS = st.lists(st.text(min_size=1, max_size=20), unique=True, max_size=60)


@given(KEYS, st.integers(1, 7))
def test_shards_share_nothing_lose_nothing_and_are_of_one_size(names: list[str], of: int) -> None:
    scenarios = [scenario(name) for name in names]
    shards = [chosen(Choice(shard=Shard(n, of)), scenarios) for n in range(1, of + 1)]
    assert sorted(name for shard in shards for name in shard) == sorted(names)
    sizes = [len(shard) for shard in shards]
    assert max(sizes) - min(sizes) <= 1


@given(KEYS, st.integers(1, 7))
def test_a_shard_does_not_depend_on_the_order_of_the_files(names: list[str], of: int) -> None:
    shard = Choice(shard=Shard(1, of))
    one = chosen(shard, [scenario(name) for name in names])
    other = chosen(shard, [scenario(name) for name in reversed(names)])
    assert sorted(one) == sorted(other)


def test_a_random_order_is_that_of_its_seed() -> None:
    many = [scenario(str(number)) for number in range(50)]
    names = [each.name for each in many]
    one = chosen(Choice(order=Order(7)), many)
    assert sorted(one) == sorted(names)
    assert one != names
    assert one == chosen(Choice(order=Order(7)), many[::-1])
    assert one != chosen(Choice(order=Order(8)), many)


def test_an_order_reads_back_as_it_is_written() -> None:
    drawn = Order.parse("random")
    assert drawn.seed is not None
    assert Order.parse(str(drawn)) == drawn
    assert Order.parse("defined") == Order()
    assert str(Order()) == "defined"

"""Joining the journals of shards into that of the run which they are parts of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smslab.reports.journal_file import JournalFile, JournalNotFound, RunLine, read
from smslab.steps.choosing import Shard
from smslab.steps.keeping import SUITE, without_shard
from smslab.steps.last_run import facts_beside, seconds_of


class CannotJoin(Exception):
    """The journals are not parts of one run; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """The results of one shard: its journal, and the seconds of its scenarios by key."""

    name: str
    run: RunLine
    journal: JournalFile
    seconds: dict[str, float]
    shard: Shard | None
    started: str
    suite: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The journal of the whole run, the seconds of its scenarios by key, start and suite."""

    journal: JournalFile
    seconds: dict[str, float]
    started: str
    suite: str


def join(paths: Sequence[Path]) -> Joined:
    """The results of the whole run from those of its parts. Raises CannotJoin."""
    for path in paths:
        if paths.count(path) > 1:
            raise CannotJoin(f"{path} is given twice. Name each shard once.")
    parts = [_part(path) for path in paths]
    for other in parts[1:]:
        _same_run(parts[0], other)
    _none_twice(parts)
    _none_missing(parts)
    records = [record for part in parts for record in part.journal.scenarios]
    records.sort(key=lambda record: record.scenario.scenario)
    seconds = {key: value for part in parts for key, value in part.seconds.items()}
    return Joined(
        JournalFile(parts[0].run, records, withheld=sum(p.journal.withheld for p in parts)),
        dict(sorted(seconds.items())),
        min(part.started for part in parts),
        without_shard(parts[0].suite),
    )


def _part(path: Path) -> Part:
    try:
        journal = read(path)
    except JournalNotFound as error:
        raise CannotJoin(str(error)) from None
    if journal.damage or journal.run is None:
        damage = "\n".join(f"  {paragraph}" for paragraph in journal.damage)
        raise CannotJoin(
            f"{path} is damaged, so the whole would lack scenarios without a word:\n{damage}\n"
            "Run that shard again, then merge."
        )
    facts = facts_beside(path)
    shard = facts.get("shard")
    return Part(
        str(path),
        journal.run,
        journal,
        seconds_of(facts),
        Shard.parse(shard) if isinstance(shard, str) else None,
        str(facts.get("started") or ""),
        str(facts.get(SUITE) or ""),
    )


def _same_run(one: Part, other: Part) -> None:
    """Raises CannotJoin for another seed, policy or version."""
    if one.run == other.run:
        return
    differences = []
    for what, first, second in (
        ("seed", one.run.seed, other.run.seed),
        ("smslab", one.run.smslab, other.run.smslab),
    ):
        if first != second:
            differences.append(f"{what}: {first} and {second}")
    names = dict.fromkeys([*one.run.policy, *other.run.policy])
    for name in names:
        first, second = (_text(part.run.policy.get(name)) for part in (one, other))
        if first != second:
            differences.append(f"{name}: {first} and {second}")
    listed = "".join(f"\n  {difference}" for difference in differences)
    raise CannotJoin(
        f"{one.name} and {other.name} are not of one run:{listed}\n"
        "Give every shard the same --seed and --switch, and run the odd one again."
    )


def _text(value: object) -> str:
    if value is None:
        return "not there"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _none_twice(parts: Iterable[Part]) -> None:
    holders: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        for record in part.journal.scenarios:
            holders[record.scenario.scenario].append(part.name)
    twice = {key: names for key, names in holders.items() if len(names) > 1}
    if twice:
        key, names = next(iter(twice.items()))
        more = f", and {len(twice) - 1} more" if len(twice) > 1 else ""
        raise CannotJoin(
            f"A scenario is in {' and in '.join(dict.fromkeys(names))}: {key}{more}. Shards of "
            "one run share no scenario: leave out what is given twice, and run each with a "
            "--shard of its own."
        )


def _none_missing(parts: Sequence[Part]) -> None:
    """Raises CannotJoin where the parts say that they are shards, and one is not there."""
    shards = [part.shard for part in parts if part.shard is not None]
    if not shards:
        return
    sizes = {shard.of for shard in shards}
    if len(sizes) > 1:
        said = ", ".join(f"{part.name} ({part.shard})" for part in parts if part.shard)
        raise CannotJoin(f"The shards are of different divisions: {said}. Run all as N/M of one M.")
    there = {shard.number for shard in shards}
    missing = [str(Shard(n, shards[0].of)) for n in range(1, shards[0].of + 1) if n not in there]
    if missing and len(shards) == len(parts):
        raise CannotJoin(
            f"The shard {', '.join(missing)} is missing; only {', '.join(map(str, shards))} "
            f"{'is' if len(shards) == 1 else 'are'} given. Run it, then merge all of them."
        )

"""Joining the journals of shards into that of the run which they are parts of."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smslab.reports.journal_file import JournalFile, JournalNotFound, RunLine, read
from smslab.steps.choosing import Shard

FACTS = "run.json"


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


@dataclass(frozen=True, slots=True)
class Joined:
    """The journal of the whole run, and the seconds of its scenarios by key."""

    journal: JournalFile
    seconds: dict[str, float]


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
    return Joined(JournalFile(parts[0].run, records), dict(sorted(seconds.items())))


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
    facts = _facts(path)
    shard = facts.get("shard")
    return Part(
        str(path),
        journal.run,
        journal,
        {str(key): float(value) for key, value in facts.get("seconds", {}).items()},
        Shard.parse(shard) if isinstance(shard, str) else None,
    )


def _facts(path: Path) -> dict[str, Any]:
    """What the run noted beside its journal; nothing where that is lost."""
    file = (path if path.is_dir() else path.parent) / FACTS
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


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

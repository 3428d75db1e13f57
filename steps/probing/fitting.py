"""Finding the policy under which the simulator does what the target did.

The simulator is the measure: every probe is played on it under each value of a setting, and
the value that gives what the target gave is the one that the target behaves like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations, islice, product

from smslab.simulator.clock import check_duration
from smslab.simulator.durations import BadDuration, in_words
from smslab.simulator.policy import SETTINGS, Policy
from smslab.simulator.setting import Setting, text, typed
from smslab.steps.probing.behaviour import Behaviour, Probe

Play = Callable[[Probe, Policy], Behaviour]
"""Plays a probe on the simulator under a policy."""

_ROUNDS = 4
_MANY = 20
_MOST_TIMES = 30
_MOST_DURATIONS = 60
_MOST_PAIRS = 40


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one setting: ``value`` None where the target does not tell.

    ``evidence`` are the probe and the line that speak for the value, ``others`` the values
    that look the same, ``why`` says why the value is not known. A timer that is not exact
    could be somewhat longer or shorter.
    """

    setting: Setting
    value: str | None
    evidence: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    why: str = ""
    is_exact: bool = True


@dataclass
class Fitting:
    """One target's behaviour in the probes, and the best policy so far."""

    seen: Mapping[str, Behaviour]
    probes: Mapping[str, Sequence[Probe]]
    """The probes of every setting, by its name."""
    play: Play
    policy: Policy = field(default_factory=Policy)
    _played: dict[tuple[str, Policy], Behaviour] = field(default_factory=dict)

    def fit(self) -> None:
        """Change one setting after the other for the better, then two at once, until none helps."""
        for _ in range(_ROUNDS):
            before = self.policy
            for name in self._timers_first():
                self.policy = self.policy.changed(name, self._best(SETTINGS[name])[0])
            if self.policy == before and not self._fit_two():
                return

    def _timers_first(self) -> list[str]:
        return sorted(self.probes, key=lambda name: SETTINGS[name].kind != "timer")

    def _fit_two(self) -> bool:
        """Change two settings at once, where that helps and one alone does not."""
        odd = [name for name in self._timers_first() if self._count(self.probes[name], self.policy)]
        for one, other in combinations(odd, 2):
            probes = (*self.probes[one], *self.probes[other])
            now = self._count(probes, self.policy)
            every = product(self.candidates(SETTINGS[one]), self.candidates(SETTINGS[other]))
            for first, second in islice(every, _MOST_PAIRS):
                policy = self.policy.changed(one, first).changed(other, second)
                if self._count(probes, policy) < now:
                    self.policy = policy
                    return True
        return False

    def found(self, name: str) -> Found:
        """What is known of a setting, after :meth:`fit`."""
        setting = SETTINGS[name]
        value = self._best(setting)[0]
        if self._misfits(setting, value):
            odd = self._difference(setting, value)
            return Found(setting, None, odd, why="no value gives what the target does")
        rivals = [each for each in self.candidates(setting) if each != value]
        rivals += [each for factor in (0.5, 2) for each in _times(setting, value, factor)]
        telling = [each for each in rivals if self._misfits(setting, each)]
        if not telling:
            return Found(setting, None, why="every value gives the same on this target")
        same = [each for each in rivals if each not in telling]
        if same:
            return Found(setting, None, others=(value, *same), why="these values look the same")
        evidence = self._difference(setting, telling[0])
        return Found(setting, value, evidence, is_exact=self._exact(setting, value))

    def _exact(self, setting: Setting, value: str) -> bool:
        """Whether a hundredth more or less would have been seen, where it is a timer."""
        near = (*_times(setting, value, 0.99), *_times(setting, value, 1.01))
        return all(self._misfits(setting, each) for each in near)

    def misfits(self) -> list[Probe]:
        """The probes in which the simulator does something else than the target."""
        every = {probe.scenario.key: probe for probes in self.probes.values() for probe in probes}
        return [probe for probe in every.values() if self._differs(probe, self.policy)]

    def candidates(self, setting: Setting) -> list[str]:
        """The values that come into question, the default first."""
        named = [
            p.settings[setting.name]
            for p in self.probes[setting.name]
            if setting.name in p.settings
        ]
        if setting.kind != "timer" and len(setting.values) <= _MANY:
            return list(setting.values)
        current = text(self.policy.as_dict()[setting.name])
        more = self._durations(setting) if setting.kind == "timer" else []
        return list(dict.fromkeys([setting.default, current, *named, *more]))

    def _durations(self, setting: Setting) -> list[str]:
        """The times between events that the target shows: a timer's duration is one of them."""
        found: dict[str, None] = {}
        for probe in self.probes[setting.name]:
            times = sorted(set(self.seen[probe.scenario.key].times))[:_MOST_TIMES]
            between = {later - one for one in times for later in times if later > one}
            for duration in sorted(between)[:_MOST_DURATIONS]:
                try:
                    check_duration(duration)
                except BadDuration:
                    continue
                if not duration.microseconds:
                    found[in_words(duration)] = None
        return list(found)

    def _best(self, setting: Setting) -> list[str]:
        """The values with the fewest misfits, the current one first where it is among them."""
        current = text(self.policy.as_dict()[setting.name])
        scored = {each: self._misfits(setting, each) for each in self.candidates(setting)}
        least = min(scored.values())
        if least and len(setting.values) > _MANY:
            fitting = next((v for v in setting.values if not self._misfits(setting, v)), None)
            return [fitting] if fitting else [current]
        best = [value for value, misfits in scored.items() if misfits == least]
        return sorted(best, key=lambda value: value != current)

    def _misfits(self, setting: Setting, value: str) -> int:
        return self._count(self.probes[setting.name], self.policy.changed(setting.name, value))

    def _count(self, probes: Iterable[Probe], policy: Policy) -> int:
        return sum(self._differs(probe, policy) for probe in probes)

    def _differs(self, probe: Probe, policy: Policy) -> bool:
        return self._simulated(probe, policy).lines != self.seen[probe.scenario.key].lines

    def _simulated(self, probe: Probe, policy: Policy) -> Behaviour:
        key = (probe.scenario.key, policy)
        if key not in self._played:
            self._played[key] = self.play(probe, policy)
        return self._played[key]

    def _difference(self, setting: Setting, value: str) -> tuple[str, ...]:
        """A probe in which another value gives something else, and what the target did there."""
        policy = self.policy.changed(setting.name, value)
        for probe in self.probes[setting.name]:
            if line := _first_difference(self._here(probe), self._simulated(probe, policy)):
                return (probe.place, line)
        return ()

    def _here(self, probe: Probe) -> Behaviour:
        return self.seen[probe.scenario.key]


def _first_difference(one: Behaviour, other: Behaviour) -> str | None:
    """The first line that the other does not have there."""
    for position, line in enumerate(one.lines):
        if position >= len(other.lines) or other.lines[position] != line:
            return line
    return "nothing more follows" if len(other.lines) > len(one.lines) else None


def _times(setting: Setting, value: str, factor: float) -> list[str]:
    """So many times the duration of a timer, in whole seconds; nothing for other settings."""
    if setting.kind != "timer":
        return []
    duration = typed(setting, value)
    assert isinstance(duration, timedelta)
    seconds = round(duration.total_seconds() * factor)
    return [in_words(timedelta(seconds=seconds))] if seconds else []

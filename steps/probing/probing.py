"""Probing a target: which probes there are, and what they tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from smslab.simulator.policy import SETTINGS, Policy
from smslab.steps.engine.direct import language
from smslab.steps.engine.model import scenario_seed
from smslab.steps.engine.planning import plan_features
from smslab.steps.needs import Need
from smslab.steps.probing.behaviour import Behaviour, Probe, behaviour, probe_of
from smslab.steps.probing.fitting import Fitting, Found
from smslab.steps.selection import shipped
from smslab.steps.targets.protocol import Target

SEED = 1


@dataclass(frozen=True, slots=True)
class Probed:
    """What the probes told: every setting, in the order of domain.md, and the best policy.

    ``misfits`` are the probes in which the simulator under that policy still differs.
    """

    found: tuple[Found, ...]
    policy: Policy
    played: int
    misfits: tuple[Probe, ...]


def probes() -> list[Probe]:
    """The scenarios of the features that set something, as probes."""
    planned = plan_features([shipped()], language())
    found = (probe_of(each) for each in planned if not each.troubles)
    return [probe for probe in found if any(name in SETTINGS for name in probe.settings)]


def probed(target: Target, progress: Callable[[str], object] = lambda said: None) -> Probed:
    """Play the probes on a target, and find the policy. Raises TargetFailed."""
    every = probes()
    able = [probe for probe in every if not probe.lacks(target.offers)]
    play = partial(_simulated, target)
    telling = {
        name: chosen
        for name in SETTINGS
        if (chosen := [probe for probe in able if name in probe.settings])
    }
    seen: dict[str, Behaviour] = {}
    for number, probe in enumerate(able, 1):
        progress(f"probe {number} of {len(able)}")
        seen[probe.scenario.key] = behaviour(probe, target.as_it_is(_seed(probe)))
    fitting = Fitting(seen, telling, play)
    fitting.fit()
    found = tuple(_found(name, fitting, every, target.offers) for name in SETTINGS)
    return Probed(found, fitting.policy, len(able), tuple(fitting.misfits()))


def _found(name: str, fitting: Fitting, every: list[Probe], offers: frozenset[Need]) -> Found:
    if name in fitting.probes:
        return fitting.found(name)
    lacks = {need for probe in every if name in probe.settings for need in probe.lacks(offers)}
    why = f"the target lacks {' and '.join(sorted(lacks))}" if lacks else "no probe sets it"
    return Found(SETTINGS[name], None, why=why)


def _simulated(target: Target, probe: Probe, policy: Policy) -> Behaviour:
    return behaviour(probe, target.simulated(_seed(probe), policy))


def _seed(probe: Probe) -> int:
    return scenario_seed(SEED, probe.scenario.key)


def policy_lines(result: Probed) -> Iterator[str]:
    """The policy file that makes the simulator behave as the target did."""
    tables = {"switch": "switches", "property": "properties", "timer": "timers"}
    yield "# What a target behaves like, by smslab probe; what it does not tell has its default."
    for kind, table in tables.items():
        yield ""
        yield f"[{table}]"
        for found in result.found:
            if found.setting.kind != kind:
                continue
            if found.value is None:
                yield f"# {found.setting.name}: not known, {found.why}"
            else:
                is_yes_or_no = found.value in ("true", "false")
                value = found.value if is_yes_or_no else f'"{found.value}"'
                yield f"{found.setting.name} = {value}"

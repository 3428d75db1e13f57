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
from smslab.steps.probing.adapting import ADAPTATIONS
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
    """Play the probes on a target, and find the policy. Raises TargetFailed.

    Where the policy says that most probes get nowhere on the target, those of other settings
    are played again, changed so that they do.
    """
    every = probes()
    able = [probe for probe in every if not probe.lacks(target.offers)]
    fitting = _fitted(target, able, Policy(), progress)
    for name, adapted in ADAPTATIONS.items():
        if not fitting.policy.as_dict()[name]:
            able = [probe if name in probe.settings else adapted(probe) for probe in able]
            fitting = _fitted(target, able, fitting.policy, progress)
    found = tuple(_found(name, fitting, every, target.offers) for name in SETTINGS)
    return Probed(found, fitting.policy, len(able), tuple(fitting.misfits()))


def _fitted(
    target: Target, chosen: list[Probe], policy: Policy, progress: Callable[[str], object]
) -> Fitting:
    """Play probes on a target; the policy that gives what was seen, from a first guess at it."""
    seen: dict[str, Behaviour] = {}
    for number, probe in enumerate(chosen, 1):
        progress(f"probe {number} of {len(chosen)}")
        seen[probe.scenario.key] = behaviour(probe, target.as_it_is(_seed(probe)))
    by_setting = {name: [each for each in chosen if name in each.settings] for name in SETTINGS}
    telling = {name: each for name, each in by_setting.items() if each}
    fitting = Fitting(seen, telling, partial(_simulated, target), policy)
    fitting.fit()
    return fitting


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

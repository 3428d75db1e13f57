"""Why an agent rejects an offer, and whether the same agent may be asked again (W-4)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.nearest import did_you_mean

SHIPPED_REASONS: Mapping[str, bool] = MappingProxyType(
    {"Busy": True, "Not Qualified": False, "Wrong Queue": False}
)
"""By name, whether the agent may be asked again; an instance may have more, or other answers."""


def reasons(core: Core) -> dict[str, bool]:
    """Every reason of an instance by name, and whether the agent may be asked again."""
    own = {reason.name: reason.reassignable for reason in core.store.reject_reasons}
    return {**SHIPPED_REASONS, **own}


def is_reassignable(core: Core, name: str) -> bool:
    """Whether the agent may be asked again. Raises Refused with the nearest for an unknown one."""
    known = reasons(core)
    if name not in known:
        hint = did_you_mean(name, known)
        raise Refused("W-4", f"There is no reject reason {name!r}; {hint}")
    return known[name]

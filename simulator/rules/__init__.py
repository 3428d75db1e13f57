"""The rule catalogue: every rule of the simulated system, with where it comes from.

Feature files cite the ids as tags, the journal as causes, and the reports count which
of them were exercised. One module per subject, named after the letters of its ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from smslab.simulator.rules.a_sending import SENDING
from smslab.simulator.rules.c_compose_form import COMPOSE_FORM
from smslab.simulator.rules.i_invariants import INVARIANTS
from smslab.simulator.rules.n_phone_numbers import PHONE_NUMBERS
from smslab.simulator.rules.p_profiles import PROFILES
from smslab.simulator.rules.r_m_requesters import REQUESTERS
from smslab.simulator.rules.rule import Rule, Settled
from smslab.simulator.rules.s_states import STATES
from smslab.simulator.rules.w_t_o_routing import OPT_OUT, ROUTING, TIMERS
from smslab.simulator.rules.x_extension_points import EXTENSION_POINTS

__all__ = ["RULES", "SECTIONS", "Rule", "Settled"]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rules in (
            COMPOSE_FORM,
            PHONE_NUMBERS,
            PROFILES,
            SENDING,
            REQUESTERS,
            STATES,
            ROUTING,
            TIMERS,
            OPT_OUT,
            EXTENSION_POINTS,
            INVARIANTS,
        )
        for rule in rules
    }
)
"""Every rule by its id, in the order of the sections."""

SECTIONS: Mapping[int, str] = MappingProxyType(
    {
        2: "The compose form",
        3: "Phone numbers",
        4: "Whose number is it",
        5: "An agent sends an SMS",
        6: "A requester texts the company",
        7: "States",
        8: "Routing, timers, opt-out",
        9: "Extension points",
        10: "What must always hold",
    }
)
"""The sections of the rule catalogue in words."""

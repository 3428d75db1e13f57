"""Refusals of the instance in the error body of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from smslab.simulator.errors import Refused
from smslab.steps.targets.client import Answer

_RULE = re.compile(r"rule ([A-Z]-\d+)")


def refusal_in(answer: Answer) -> Refused | None:
    """The refusal that an answer is, or None: its message is the reason, its detail the rule."""
    error = answer.body.get("error") if isinstance(answer.body, Mapping) else None
    if answer.succeeded or not isinstance(error, Mapping):
        return None
    rule = _RULE.fullmatch(str(error.get("detail")))
    return Refused(rule[1], str(error.get("message"))) if rule else None

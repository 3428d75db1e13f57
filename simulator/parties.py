"""Who is the same party as whom (A-12)."""

from __future__ import annotations

from smslab.simulator.policy import Policy
from smslab.simulator.store import Store


def same_party(store: Store, policy: Policy, one: str | None, other: str | None) -> bool:
    """True if both ids are one party; records linked to one user count as one where A-12 says so.

    Nobody (None) is the same as nobody.
    """
    if one == other:
        return True
    if one is None or other is None or not policy.linked_records_are_one_party:
        return False
    first, second = store.parties[one], store.parties[other]
    return (first.linked_user or first.id) == (second.linked_user or second.id)

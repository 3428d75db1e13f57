"""A discrete simulator of agent-initiated SMS conversations on ServiceNow.

The rules are those of domain.md; every rule id that this package cites is an entry
of :mod:`smslab.simulator.rules`. Start at :mod:`smslab.simulator.instance`.
"""

"""Drawings of a run: SVG without script, ids or files of others, made by pure functions."""

from __future__ import annotations

from smslab.reports.diagrams.lanes import ownership_lanes
from smslab.reports.diagrams.mermaid import sequence_mermaid
from smslab.reports.diagrams.statemap import state_map
from smslab.reports.diagrams.swimlanes import sequence

__all__ = ["ownership_lanes", "sequence", "sequence_mermaid", "state_map"]

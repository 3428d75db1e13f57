"""What the simulator does in all features is what domain.md section 7 allows, and can be drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from smslab import reports
from smslab.reports.diagrams import ownership_lanes, sequence, state_map
from smslab.reports.diagrams.statemap import ENTITIES
from smslab.reports.diagrams.statemap_arrows import arrows, counted


def test_no_transition_is_illegal_and_only_a_fault_in_the_queue_is_never_seen(
    run: reports.Run,
) -> None:
    found = [
        (entity, arrow)
        for entity in ENTITIES
        for arrow in arrows(entity, counted(run, entity), None)
    ]
    assert [(entity, arrow.in_words()) for entity, arrow in found if arrow.kind == "illegal"] == []
    never = [(entity, arrow.pair) for entity, arrow in found if arrow.kind == "never"]
    assert never == [("interaction", ("On Hold", "Faulted"))]


def test_every_scenario_can_be_drawn(run: reports.Run) -> None:
    drawn = [sequence(record, "q") for record in run.journal.scenarios]
    maps = [state_map(run, entity, "m") for entity in ENTITIES]
    pictures = [*filter(None, drawn), ownership_lanes(run, "o"), *maps]
    assert len(pictures) > 500
    for picture in pictures:
        ET.fromstring(str(picture))

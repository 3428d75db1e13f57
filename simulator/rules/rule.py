"""One rule of the simulated system, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Settled: TypeAlias = Literal["documented", "open"]
"""``documented``: a source says so. ``open``: no source settles it, or only a part of it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the simulated system.

    ``id`` is what feature tags, the journal and the reports cite, such as ``P-4``;
    ``sentence`` says the rule in one sentence, and which part is open where only a part
    is; ``source`` names the pages of the product documentation, or ``Seed``, the page the
    project started from; ``section`` groups the rules by subject, from 2 (the compose
    form) to 10 (what must always hold); ``implemented`` is False while the simulator does
    not yet behave by the rule; ``no_setting`` says why an open rule has no setting.
    """

    id: str
    sentence: str
    source: str
    section: int
    settled: Settled = "documented"
    implemented: bool = True
    no_setting: str = ""

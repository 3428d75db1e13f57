"""What turns out to be lacking only while a scenario runs."""

from __future__ import annotations

from smslab.steps.engine.private import Skipped
from smslab.steps.needs import Need


class Lacks(Skipped):
    """The target has no such thing: the scenario is skipped, counted, and never passes."""

    def __init__(self, need: Need, what: str) -> None:
        super().__init__(f"not run to the end: the target lacks {what} ({need}).")
        self.need = need

"""The timer that ends Wrap Up where the agent does not (S-2)."""

from __future__ import annotations

from smslab.simulator import interactions
from smslab.simulator.commands import INSTANCE
from smslab.simulator.core import Core
from smslab.simulator.deadlines import Deadlines
from smslab.simulator.executed import Executed
from smslab.simulator.records import Interaction
from smslab.simulator.states import InteractionState


class WrapUpTimer:
    """Follows which interactions are in Wrap Up, and closes those whose time is over."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._deadlines = Deadlines(core.clock.kernel, self._end)

    def react(self, executed: Executed) -> None:
        """Set the deadline of what went into Wrap Up, clear that of what came out."""
        for change in executed.of(Interaction):
            new = change.new
            was_wrapped_up = change.old is not None and _is_wrapped_up(change.old)
            if was_wrapped_up == _is_wrapped_up(new):
                continue
            if was_wrapped_up:
                self._deadlines.clear(new.id)
            else:
                self._deadlines.set(new.id, self._core.policy.wrap_up_duration)

    def _end(self, id: str) -> None:
        with self._core.command("end wrap up", INSTANCE):
            interactions.end_wrap_up(self._core, self._core.store.interactions[id], by_system=True)


def _is_wrapped_up(interaction: Interaction) -> bool:
    return interaction.state is InteractionState.WRAP_UP

"""The commands around routing: presence, capacity, offers, transfers and Wrap Up."""

from __future__ import annotations

from smslab.simulator import interactions
from smslab.simulator.administration import ADMINISTRATOR
from smslab.simulator.commands import Commands
from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.nearest import did_you_mean
from smslab.simulator.records import Agent, RejectReason
from smslab.simulator.routing import offers
from smslab.simulator.routing.router import Router
from smslab.simulator.routing.wrap_up_timer import WrapUpTimer
from smslab.simulator.states import Presence


class Routing(Commands):
    """What agents do about work, and what decides which work they are offered.

    All of it raises Refused with a reason, and UnknownRecord for ids that do not exist.
    """

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        core.reactors.append(Router(core).react)
        core.reactors.append(WrapUpTimer(core).react)

    # Who can be asked

    def set_presence(self, agent: str, presence: str) -> Agent:
        """An agent becomes Available, Away or Offline (W-1). Refused with the nearest state.

        An offer that waits for an agent who goes away stays until it is answered or times
        out.
        """
        wanted = _presence(presence)
        with self.core.command("set presence", self.name_of_agent(agent)):
            return self.core.store.update(self.agent(agent), "W-1", presence=wanted)

    def set_sms_capacity(self, agent: str, limit: int | None) -> Agent:
        """How many SMS interactions an agent takes, None for any number (W-2)."""
        return self._set_capacity(agent, sms_capacity=limit)

    def set_capacity(self, agent: str, limit: int | None) -> Agent:
        """How many interactions of any type an agent takes, None for any number (W-2)."""
        return self._set_capacity(agent, capacity=limit)

    def _set_capacity(self, agent: str, **limits: int | None) -> Agent:
        record = self.agent(agent)
        for limit in limits.values():
            if limit is not None and limit < 0:
                raise Refused("W-2", f"A capacity is 0 or more, not {limit}.")
        with self.core.command("set capacity", ADMINISTRATOR):
            return self.core.store.update(record, "W-2", **limits)

    def add_reject_reason(self, name: str, reassignable: bool) -> RejectReason:
        """A reason to reject an offer; ``reassignable``: the agent may be asked again (W-4).

        The name of a reason that there is changes what it says.
        """
        found = self.core.store.reject_reasons.find("name", name)
        with self.core.command("add reject reason", ADMINISTRATOR):
            if found:
                return self.core.store.update(found[0], "W-4", reassignable=reassignable)
            reason = RejectReason(self.core.store.new_id("reject-reason"), name, reassignable)
            return self.core.store.insert(reason, "W-4")

    # What agents do about it

    def accept(self, interaction: str, agent: str) -> None:
        """An agent takes the interaction that was offered (S-1). Refused by W-4 or W-2."""
        with self.core.command("accept", self.name_of_agent(agent)):
            offers.accept(self.core, self.interaction(interaction), self.agent(agent))

    def reject(self, interaction: str, agent: str, reason: str) -> None:
        """An agent does not take what was offered; it goes to another (W-4)."""
        with self.core.command("reject", self.name_of_agent(agent)):
            offers.reject(self.core, self.interaction(interaction), self.agent(agent), reason)

    def transfer(self, interaction: str, agent: str, wanted: str) -> None:
        """An agent gives a conversation to another, who must accept it (W-4).

        Until then it stays with the first; so it does when the other rejects it, or does
        not answer in time.
        """
        with self.core.command("transfer", self.name_of_agent(agent)):
            giver, taker = self.agent(agent), self.agent(wanted)
            offers.transfer(self.core, self.interaction(interaction), giver, taker)

    # The end

    def end_wrap_up(self, interaction: str, agent: str) -> None:
        """An agent is done with an interaction in Wrap Up: Closed Complete (S-2)."""
        with self.core.command("end wrap up", self.name_of_agent(agent)):
            interactions.end_wrap_up(self.core, self.interaction(interaction), by_system=False)


def _presence(name: str) -> Presence:
    try:
        return Presence(name)
    except ValueError:
        hint = did_you_mean(name.title(), Presence)
        raise Refused("W-1", f"There is no presence state {name!r}; {hint}") from None

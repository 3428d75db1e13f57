"""The messages that were sent through the carrier's own API, and what became of them.

They are none of the instance's: they belong to no conversation, and the journal does not
tell of them. Faulty numbers, outages and delivery reports are those of the instance's
carrier; the limit of a number's throughput holds for the instance's messages only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from smslab.simulator.clock import microseconds
from smslab.simulator.executed import Executed
from smslab.simulator.instance import Instance
from smslab.simulator.records import Provider
from smslab.simulator.segments import segmented
from smslab.simulator.states import MessageState


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the API; ``callback`` is where its states are reported, if anywhere."""

    sid: str
    to: str
    sender: str
    body: str
    media: tuple[str, ...]
    callback: str | None
    created: datetime
    updated: datetime
    state: MessageState
    segments: int
    error_code: str | None = None


class Ledger:
    """The part ``carrier`` of a world; ``tell`` hears of every change of a message's state."""

    def __init__(self, instance: Instance, tell: Callable[[Posted], object]) -> None:
        self._instance = instance
        self._tell = tell
        self._waiting: dict[str, None] = {}
        self.messages: dict[str, Posted] = {}
        instance.core.reactors.append(self._follow)

    def carrier_send(
        self,
        to: str,
        sender: str,
        body: str,
        media: tuple[str, ...] = (),
        callback: str | None = None,
    ) -> str:
        """Take a message, which was found good; its SID."""
        now = self._instance.clock.now
        posted = Posted(
            sid=f"SMc{len(self.messages) + 1:031x}",
            to=to,
            sender=sender,
            body=body,
            media=media,
            callback=callback,
            created=now,
            updated=now,
            state=MessageState.QUEUED,
            segments=segmented(body).count,
        )
        self.messages[posted.sid] = posted
        answer = self._instance.core.carrier.answer(to, sender, body)
        if answer.error_code is not None:
            self._change(posted.sid, MessageState.FAILED, answer.error_code)
        elif self._has_outage(sender):
            self._waiting[posted.sid] = None
        else:
            self._send(posted.sid)
        return posted.sid

    def _has_outage(self, sender: str) -> bool:
        store = self._instance.store
        found = store.provider_numbers.find("number", sender)
        return bool(found) and store.providers[found[0].provider].outage

    def _send(self, sid: str) -> None:
        posted = self._change(sid, MessageState.SENT)
        core = self._instance.core
        if core.store.provider_numbers.find("number", posted.to):
            self._arrive(posted)
        is_faulty = core.carrier.undelivered_with(posted.to) is not None
        if core.policy.delivery_reports == "all" or (
            core.policy.delivery_reports == "failures" and is_faulty
        ):
            due = core.clock.kernel.now + microseconds(core.policy.delivery_takes)
            core.clock.kernel.at(due, self._report, sid)

    def _arrive(self, posted: Posted) -> None:
        """A message to a number of the company is a text like a requester's."""
        self._instance.requester_texts(
            posted.sender, posted.to, posted.body, posted.sid, posted.media
        )

    def _report(self, sid: str) -> None:
        fault = self._instance.core.carrier.undelivered_with(self.messages[sid].to)
        if fault is not None:
            self._change(sid, MessageState.UNDELIVERED, fault)
        elif self._instance.policy.delivery_reports == "all":
            self._change(sid, MessageState.DELIVERED)

    def _change(self, sid: str, state: MessageState, error_code: str | None = None) -> Posted:
        changed = replace(
            self.messages[sid],
            state=state,
            error_code=error_code,
            updated=self._instance.clock.now,
        )
        self.messages[sid] = changed
        self._tell(changed)
        return changed

    def _follow(self, executed: Executed) -> None:
        """Send what waits once an outage is over."""
        if not self._waiting or not executed.of(Provider):
            return
        for sid in list(self._waiting):
            if not self._has_outage(self.messages[sid].sender):
                del self._waiting[sid]
                self._send(sid)

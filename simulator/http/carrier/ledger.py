"""The messages that were sent through the carrier's own API, and what became of them.

They are none of the instance's: they belong to no conversation, and the journal, which is
the instance's, does not tell of them. The carrier is the same: faulty numbers, outages and
delivery reports hold for them, too, and with the instance's messages they wait in one queue
for what a number of the company can send.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from smslab.simulator.clock import microseconds
from smslab.simulator.errors import Refused
from smslab.simulator.instance import Instance
from smslab.simulator.segments import segmented
from smslab.simulator.states import MessageState


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the API; ``callback`` is where its states are reported, if anywhere.

    ``sent`` is when it went out, None as long as it has not.
    """

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
    sent: datetime | None = None

    def as_taken(self) -> Posted:
        """What it was when it was taken, whatever has become of it at once."""
        queued = MessageState.QUEUED
        return replace(self, updated=self.created, state=queued, error_code=None, sent=None)


class Ledger:
    """The part ``carrier`` of a world; ``tell`` hears of every change of a message's state."""

    def __init__(self, instance: Instance, tell: Callable[[Posted], object]) -> None:
        self._instance = instance
        self._tell = tell
        self.messages: dict[str, Posted] = {}

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
        carrier = self._instance.core.carrier
        answer = carrier.answer(to, sender, body)
        if answer.state is MessageState.QUEUED:
            settle = partial(self._settle, posted.sid)
            carrier.queue_foreign(posted.sid, sender, posted.segments, settle)
        else:
            self._settle(posted.sid, answer.error_code)
        return posted.sid

    def _settle(self, sid: str, error_code: str | None) -> None:
        """The carrier sends a message, or with an error code does not."""
        if error_code is not None:
            self._change(sid, MessageState.FAILED, error_code)
            return
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
        """A message to a number of the company is a text like a requester's.

        What the instance makes of it is not the carrier's concern.
        """
        with suppress(Refused):
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
        before, now = self.messages[sid], self._instance.clock.now
        changed = replace(
            before,
            state=state,
            error_code=error_code,
            updated=now,
            sent=now if state is MessageState.SENT else before.sent,
        )
        self.messages[sid] = changed
        self._tell(changed)
        return changed

"""The provider at work: takes messages, sends what waits in its order, reports what became of it.

Everything after the hand-over happens in commands of its own, with the provider as actor:
what fails then cannot undo the send any more (A-11). Queues and timers follow from the
changes of commands that were carried out, so a send that was undone leaves none behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from smslab.simulator.carriers import errors
from smslab.simulator.carriers.answers import Answer, HandOver, answer_to
from smslab.simulator.carriers.queues import NumberQueue
from smslab.simulator.carriers.records import OptOutState
from smslab.simulator.clock import microseconds
from smslab.simulator.executed import Executed
from smslab.simulator.kernel import Callback, Lane
from smslab.simulator.records import Message, Provider, ProviderNumber
from smslab.simulator.segments import Encoding, units
from smslab.simulator.states import MessageState

if TYPE_CHECKING:
    from smslab.simulator.core import Core

PROVIDER = "provider"
"""The actor of what the provider does by itself."""

_RULE = "A-11"


@dataclass(frozen=True, slots=True)
class _Foreign:
    """A message that waits and is none of the instance's: where, and who hears of it."""

    number: str
    told: Callable[[str | None], object]


class Carrier:
    """The provider behind the company's numbers, on one instance.

    Without a limit, an outage or a fault a message is sent the moment it is handed over.
    An outage holds back what is to be sent; what has been sent is delivered all the same.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._queues: dict[str, NumberQueue] = {}
        self._foreign: dict[str, _Foreign] = {}
        self._expiries: dict[str, Lane] = {}
        self._lanes: dict[tuple[int, Callback], Lane] = {}
        core.reactors.append(self.follow)

    def hand_over(self, message: Message) -> Answer:
        """What the provider answers to a new message; nothing changes yet."""
        return self.answer(message.requester_number, message.provider_number, message.body)

    def answer(self, requester_number: str, provider_number: str, body: str) -> Answer:
        """What the provider would answer to a text on a line; nothing changes."""
        return answer_to(self._known(requester_number, provider_number, body))

    def refusal(self, requester_number: str, provider_number: str, body: str) -> str | None:
        """The error code with which the provider would refuse a text on a line, or None."""
        return self.answer(requester_number, provider_number, body).error_code

    def undelivered_with(self, number: str) -> str | None:
        """The error code with which a message to a number, once sent, is reported, or None."""
        return self._fault(number, refused=False)

    def is_opted_out(self, requester_number: str, provider_number: str) -> bool:
        """Whether the requester has sent STOP to this number of the company (O-2)."""
        found = self._core.store.opt_outs.first("line", (requester_number, provider_number))
        return found is not None and found.state is OptOutState.OPTED_OUT

    def waiting(self) -> dict[str, tuple[str, ...]]:
        """The ids of the instance's messages that wait, in their order, by provider number."""
        known = self._core.store.messages.by_id
        found = {
            number: tuple(each for each in queue.waiting if each in known)
            for number, queue in self._queues.items()
        }
        return {number: ids for number, ids in found.items() if ids}

    def queue_foreign(
        self, id: str, provider_number: str, segments: int, told: Callable[[str | None], object]
    ) -> None:
        """Let a message that is none of the instance's wait its turn at a provider number.

        ``told`` is called once: with None when it goes out, which may be now, or with the
        error code with which the provider gives it up.
        """
        self._foreign[id] = _Foreign(provider_number, told)
        self._queue(id, provider_number, segments)
        self._send_waiting(provider_number)

    def follow(self, executed: Executed) -> None:
        """Take what a command has handed over, and send what its changes let go."""
        touched: dict[str, None] = {}
        for change in executed.of(Message):
            self._follow_message(change.old, change.new, touched)
        if any(change.old is not None for change in executed.of_any(Provider, ProviderNumber)):
            touched |= dict.fromkeys(self._queues)
        for number in touched:
            self._send_waiting(number)

    def _follow_message(self, old: Message | None, new: Message, touched: dict[str, None]) -> None:
        if old is None:
            now = self._core.store.messages[new.id]
            if new.state is MessageState.QUEUED and now.state is MessageState.QUEUED:
                self._queue(now.id, now.provider_number, now.segments or 1)
                touched[now.provider_number] = None
        elif old.state is MessageState.QUEUED and new.state is MessageState.SENT:
            self._expect_report(new)

    def _known(self, requester_number: str, provider_number: str, body: str) -> HandOver:
        policy = self._core.policy
        sender = self._number(provider_number)
        return HandOver(
            opted_out=self.is_opted_out(requester_number, provider_number),
            fault=self._fault(requester_number, refused=True),
            length=units(body, Encoding.UCS_2),
            outage=self._has_outage(sender),
            outage_refuses=policy.outage_messages == "refuse",
            wait=self._wait(provider_number, self._rate(sender)),
            longest_wait=policy.message_validity,
        )

    def _fault(self, number: str, *, refused: bool) -> str | None:
        """The error code of a faulty number, of those at hand-over or of those after it."""
        found = self._core.store.destinations.first("number", number)
        return found.error_code if found and found.refused is refused else None

    def _number(self, number: str) -> ProviderNumber | None:
        return self._core.store.provider_numbers.first("number", number)

    def _has_outage(self, number: ProviderNumber | None) -> bool:
        return number is not None and self._core.store.providers[number.provider].outage

    def _rate(self, number: ProviderNumber | None) -> int | None:
        """The segments that a number sends in a second; None without a limit."""
        return None if number is None else number.segments_per_second

    def _wait(self, number: str, rate: int | None) -> timedelta | None:
        """How long a message from this number would wait; None where it goes out at once."""
        queue = self._queues.get(number)
        if queue is None:
            return None if rate is None else timedelta(0)
        if rate is None and not queue.waiting:
            return None
        return timedelta(microseconds=queue.wait(self._core.clock.kernel.now, rate))

    # What waits

    def _queue(self, message: str, number: str, segments: int) -> None:
        self._queues.setdefault(number, NumberQueue()).add(message, segments)
        lane = self._lane(self._core.policy.message_validity, self._expire)
        lane.arm(message)
        self._expiries[message] = lane

    def _send_waiting(self, number: str) -> None:
        """Send what may go out from a number now, and wake for what may go later."""
        queue = self._queues.get(number)
        if queue is None or queue.is_sending:
            return
        kernel = self._core.clock.kernel
        queue.is_sending = True
        while queue.waiting and not self._has_outage(sender := self._number(number)):
            rate = self._rate(sender)
            if rate is not None and queue.free_at > kernel.now:
                self._wake_at(queue, number)
                break
            self._send(queue.take(kernel.now, rate))
        queue.is_sending = False

    def _wake_at(self, queue: NumberQueue, number: str) -> None:
        if not queue.is_awaited:
            queue.is_awaited = True
            self._core.clock.kernel.at(queue.free_at, self._wake, number)

    def _wake(self, number: str) -> None:
        self._queues[number].is_awaited = False
        self._send_waiting(number)

    def _send(self, message: str) -> None:
        self._expiries.pop(message).cancel(message)
        if foreign := self._foreign.pop(message, None):
            foreign.told(None)
        else:
            self._change("provider sends", message, MessageState.SENT)

    def _expire(self, message: str) -> None:
        del self._expiries[message]
        if foreign := self._foreign.pop(message, None):
            self._queues[foreign.number].remove(message)
            foreign.told(errors.EXPIRED)
        else:
            self._queues[self._core.store.messages[message].provider_number].remove(message)
            self._change("provider gives up", message, MessageState.FAILED, errors.EXPIRED)

    # What becomes of what was sent

    def _expect_report(self, message: Message) -> None:
        reports = self._core.policy.delivery_reports
        fault = self._fault(message.requester_number, refused=False)
        if reports == "all" or (reports == "failures" and fault is not None):
            self._lane(self._core.policy.delivery_takes, self._report).arm(message.id)

    def _report(self, message: str) -> None:
        fault = self._fault(self._core.store.messages[message].requester_number, refused=False)
        if fault is not None:
            self._change("provider reports", message, MessageState.UNDELIVERED, fault)
        elif self._core.policy.delivery_reports == "all":
            self._change("provider reports", message, MessageState.DELIVERED)

    def _change(
        self, command: str, message: str, state: MessageState, error_code: str | None = None
    ) -> None:
        store = self._core.store
        with self._core.command(command, PROVIDER):
            store.update(store.messages[message], _RULE, state=state, error_code=error_code)

    def _lane(self, delay: timedelta, callback: Callback) -> Lane:
        """The lane of a delay, new where it is the first of its length."""
        key = (microseconds(delay), callback)
        if key not in self._lanes:
            self._lanes[key] = self._core.clock.kernel.lane(*key)
        return self._lanes[key]

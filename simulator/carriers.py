"""The carrier behind a provider number: takes a message, or refuses it with an error code."""

from __future__ import annotations

from dataclasses import dataclass, field

from smslab.simulator.records import Message, MessageState


@dataclass(slots=True)
class Carrier:
    """``refusals`` maps a requester's number to the error code with which it is refused."""

    refusals: dict[str, str] = field(default_factory=dict)

    def hand_over(self, message: Message) -> tuple[MessageState, str | None]:
        """What the provider answers to a message: its state and, when failed, the error code."""
        error = self.refusals.get(message.requester_number)
        return (MessageState.FAILED, error) if error else (MessageState.SENT, None)

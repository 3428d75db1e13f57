"""Messages that go out: written to the conversation, then handed to the carrier."""

from __future__ import annotations

from smslab.simulator.core import Core
from smslab.simulator.records import Interaction, Message
from smslab.simulator.segments import segmented
from smslab.simulator.states import Direction, MessageState


def send_message(
    core: Core,
    interaction: Interaction,
    *,
    author: str,
    body: str,
    rule: str,
    attachments: tuple[str, ...] = (),
) -> Message:
    """Send a message on the line of an SMS interaction, and note the carrier's answer.

    ``author`` is the id of an agent, or "virtual agent". A message that the carrier
    refuses is failed and carries its error code (A-11).
    """
    line = interaction.line
    if line is None:
        raise AssertionError(f"{interaction.id} is no SMS conversation")
    message = core.store.insert(
        Message(
            id=core.store.new_id("message"),
            state=MessageState.QUEUED,
            interaction=interaction.id,
            direction=Direction.OUTBOUND,
            author=author,
            body=body,
            at=core.clock.now,
            requester_number=line[0],
            provider_number=line[1],
            attachments=attachments,
            segments=segmented(body).count,
        ),
        rule,
    )
    answer = core.carrier.hand_over(message)
    if answer.error_code is None:
        return core.store.update(message, rule, state=answer.state, provider_id=sid_of(message))
    return core.store.update(message, answer.rule, state=answer.state, error_code=answer.error_code)


def sid_of(message: Message) -> str:
    """The id that the provider gives to a message: ``SM`` and 32 hexadecimal digits."""
    return f"SM{int(message.id.rpartition('-')[2]):032x}"

"""The way of a requester's text: past the provider, then to the instance.

Whether a text that is a keyword goes on from either is open: the switch ``keyword_texts``.
"""

from __future__ import annotations

from smslab.simulator.carriers import keywords
from smslab.simulator.core import Core
from smslab.simulator.executed import Executed
from smslab.simulator.records import Message
from smslab.simulator.requesters import inbound, notifications
from smslab.simulator.requesters.inbound import InboundText


def arrive(core: Core, text: InboundText) -> Message | None:
    """Bring a text to the instance; None where no message comes of it.

    That is so for a repeated message id of the provider, and for a keyword that stays with
    the provider or the instance. Raises Refused when the provider number is not configured.
    """
    is_keyword = not _is_repeated(core, text) and keywords.act_on(core, text.line, text.body)
    if is_keyword and core.policy.keyword_texts == "withhold":
        return None
    with core.command("requester texts", text.requester_number) as executed:
        return _at_the_instance(core, text, executed, is_keyword)


def _is_repeated(core: Core, text: InboundText) -> bool:
    return bool(core.store.messages.find("provider_id", text.provider_id))


def _at_the_instance(
    core: Core, text: InboundText, executed: Executed, is_keyword: bool
) -> Message | None:
    if core.policy.keyword_texts == "act_only":
        acted = notifications.act_on(core, text.line, text.body)
        return None if acted or is_keyword else inbound.receive(core, text, executed)
    message = inbound.receive(core, text, executed)
    if message is not None:
        notifications.act_on(core, text.line, text.body)
    return message

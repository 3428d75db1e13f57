"""The keywords that the provider acts on by itself (O-2): a requester's STOP, START and HELP.

The words are Twilio's defaults for English: those that opt out are listed in
https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out, the others in
https://www.twilio.com/docs/api/errors/23002. A keyword is the whole text, in capitals or
not, and holds for the number of the company that it was sent to. What the answers say is
ours. That a number which opted out gets no answer to STOP and HELP, and that START is a
keyword only from such a number, is what Twilio's page on toll-free numbers says of HELP,
taken for all: a START from anybody else is a text like others, as is a YES.
"""

from __future__ import annotations

from dataclasses import dataclass

from smslab.simulator.carriers.carrier import PROVIDER
from smslab.simulator.carriers.records import KeywordAnswer, OptOut, OptOutState
from smslab.simulator.core import Core
from smslab.simulator.records import Line
from smslab.simulator.states import MessageState

_RULE = "O-2"


@dataclass(frozen=True, slots=True)
class Keyword:
    """Words of one meaning: what they do to the opt-out, None for nothing, and the answer."""

    name: str
    words: frozenset[str]
    state: OptOutState | None
    answer: str


KEYWORDS = (
    Keyword(
        "STOP",
        frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}),
        OptOutState.OPTED_OUT,
        "You will get no more messages from this number. Reply START to get them again.",
    ),
    Keyword(
        "START",
        frozenset({"START", "YES", "UNSTOP"}),
        OptOutState.OPTED_IN,
        "You will get messages from this number again. Reply STOP to get no more.",
    ),
    Keyword(
        "HELP",
        frozenset({"HELP", "INFO"}),
        None,
        "Reply STOP to get no more messages from this number.",
    ),
)
"""Every keyword of the provider."""


def keyword_in(body: str) -> Keyword | None:
    """The keyword that a text is, None for other texts."""
    word = body.strip().upper()
    return next((keyword for keyword in KEYWORDS if word in keyword.words), None)


def act_on(core: Core, line: Line, body: str) -> bool:
    """Let the provider act on a text that is one of its keywords; whether it is.

    What it does is a command of its own. A text to a number that is not the company's
    reaches no provider.
    """
    keyword = keyword_in(body)
    if keyword is None or not core.store.provider_numbers.find("number", line[1]):
        return False
    opted_out = core.carrier.is_opted_out(*line)
    begins = keyword.state is OptOutState.OPTED_IN
    if begins == opted_out:
        with core.command("provider keyword", PROVIDER):
            if keyword.state is not None:
                _set_opt_out(core, line, keyword.state)
            answer_keyword(core, line, keyword.name, keyword.answer, PROVIDER, _RULE)
    return opted_out or not begins


def _set_opt_out(core: Core, line: Line, state: OptOutState) -> None:
    found = core.store.opt_outs.find("line", line)
    if found:
        core.store.update(found[0], _RULE, state=state)
    else:
        core.store.insert(OptOut(core.store.new_id("opt-out"), state, *line), _RULE)


def answer_keyword(
    core: Core, line: Line, keyword: str, body: str, answered_by: str, rule: str
) -> KeywordAnswer:
    """An answer to a keyword; the provider refuses the instance's as it does other messages."""
    error = None if answered_by == PROVIDER else core.carrier.refusal(*line, body)
    return core.store.insert(
        KeywordAnswer(
            id=core.store.new_id("keyword-answer"),
            state=MessageState.FAILED if error else MessageState.SENT,
            keyword=keyword,
            answered_by=answered_by,
            requester_number=line[0],
            provider_number=line[1],
            body=body,
            at=core.clock.now,
            error_code=error,
        ),
        rule,
    )

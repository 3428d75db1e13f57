"""Update notifications on the instance's side (O-1): STOP, START and Notification.

They are off until a requester with a user account sends START; Notification asks whether
they are on. Where the choice is kept (on the user's record, not by channel) and what the
answers say is ours. The provider acts on STOP and START as well, and before the instance
(O-2): its answer to STOP is the last one that the requester gets.
"""

from __future__ import annotations

from smslab.simulator.carriers.keywords import answer_keyword
from smslab.simulator.commands import INSTANCE
from smslab.simulator.core import Core
from smslab.simulator.profiles import active_profile
from smslab.simulator.records import SMS, Line, Party
from smslab.simulator.states import PartyKind

_RULE = "O-1"

CHOICES = {"STOP": False, "START": True, "NOTIFICATION": None}
"""What each word switches update notifications to; None only shows it."""


def act_on(core: Core, line: Line, body: str) -> bool:
    """Let the instance act on a text that is one of its words; whether it is, from this number."""
    word = body.strip().upper()
    if word not in CHOICES or not core.store.provider_numbers.find("number", line[1]):
        return False
    account = user_account_of(core, line[0])
    if account is None:
        return False
    choice = CHOICES[word]
    if choice is not None:
        account = core.store.update(account, _RULE, update_notifications=choice)
    state = "on" if account.update_notifications else "off"
    answer_keyword(core, line, word, f"Update notifications are {state}.", INSTANCE, _RULE)
    return True


def user_account_of(core: Core, number: str) -> Party | None:
    """The user account behind a number: of its profile's party, else of who has it on record.

    None for a guest, for a party without an account, and where there are several.
    """
    profile = active_profile(core, number, SMS)
    if profile is None:
        parties = core.store.parties.find("number", number)
    else:
        parties = [core.store.parties[profile.party]] if profile.party else []
    accounts = {account for account in map(_account, parties) if account}
    return core.store.parties[accounts.pop()] if len(accounts) == 1 else None


def _account(party: Party) -> str | None:
    return party.id if party.kind is PartyKind.USER else party.linked_user

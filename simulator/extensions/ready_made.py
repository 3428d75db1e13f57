"""The extensions that a scenario can register by a phrase, without Python.

One or two for every extension point, and for each point one that fails in every way in
which an extension can. They are examples, too, of what an implementation looks like.

They can be described, and made again from the description, so that a served instance can
be told to register one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from smslab.simulator.extensions.extension_points import (
    POINTS,
    AgentInitiatedConversationUtil,
    AgentInitiatedMessagingUserDocument,
    ChannelContext,
    ChannelSendToValidation,
    ChannelsQualifyingForAgentMessaging,
    ChannelUserContext,
    ChannelUserProfileExtPoint,
    ClaimedConversationContext,
    ConversationContext,
    ExtensionPoint,
    InteractionChannelUserProfileExtPoint,
    NoRecipient,
    Recipient,
    RecipientContext,
    TableRecordContext,
    UserDocument,
)


@dataclass
class SendFromOnly(AgentInitiatedConversationUtil):
    """X-1: Send from offers one number only; Send to offers the record's numbers."""

    number: str

    def get_send_from(self, context: ConversationContext) -> tuple[str, ...]:
        """The one number."""
        return (self.number,)

    def get_send_to(self, context: ConversationContext) -> tuple[str, ...]:
        """The numbers of the party's record, mobile first."""
        return context.party.phones if context.party else ()


@dataclass
class BusinessNumbersOnly(AgentInitiatedConversationUtil):
    """X-1: Send to offers the business number, and neither profile nor private numbers."""

    def get_send_from(self, context: ConversationContext) -> tuple[str, ...]:
        """The provider numbers."""
        return context.provider_numbers

    def get_send_to(self, context: ConversationContext) -> tuple[str, ...]:
        """The business number, where there is one."""
        number = context.party.business_phone if context.party else None
        return (number,) if number else ()


@dataclass
class ContactFirst(ChannelUserProfileExtPoint):
    """X-2: a number belongs to the contact who has it, else to whoever has it first."""

    def get_user_document(self, context: ChannelUserContext) -> UserDocument | None:
        """The first contact, else the first of the records."""
        contacts = [party.record for party in context.records if party.record.table == "contact"]
        others = [party.record for party in context.records]
        return next(iter([*contacts, *others]), None)


@dataclass
class NumberOf(ChannelUserProfileExtPoint):
    """X-2: one number belongs to one party, whatever the records say; others as usual."""

    number: str
    owner: UserDocument

    def is_valid(self, context: ChannelUserContext) -> bool:
        """For that number only."""
        return context.channel_user_id == self.number

    def get_user_document(self, context: ChannelUserContext) -> UserDocument | None:
        """That party."""
        return self.owner


@dataclass
class ClaimedConversationStays(InteractionChannelUserProfileExtPoint):
    """X-3: a guest's conversation stays a guest's where an agent has it."""

    def is_valid(self, context: ClaimedConversationContext) -> bool:
        """For conversations that an agent has."""
        return context.assigned_to is not None

    def get_user_for_interaction(self, context: ClaimedConversationContext) -> UserDocument | None:
        """Nobody."""
        return None


@dataclass
class ClaimedConversationIsTheUsers(InteractionChannelUserProfileExtPoint):
    """X-3: a claimed conversation is with the user of the claiming party, if there is one."""

    def get_user_for_interaction(self, context: ClaimedConversationContext) -> UserDocument | None:
        """The linked user, else the party."""
        user = context.party.linked_user
        return UserDocument("user", user) if user else context.party.record


@dataclass
class NoNumbersOf(ChannelSendToValidation):
    """X-4: numbers of one territory are no recipients."""

    territory: str

    def is_valid(self, context: RecipientContext) -> bool:
        """For numbers of that territory; the others are validated as usual."""
        return context.territory == self.territory

    def channel_send_to_validation(self, context: RecipientContext) -> Recipient | NoRecipient:
        """Not valid."""
        return NoRecipient(f"{context.e164} is a number of the territory {self.territory}.")


@dataclass
class ShortNumber(ChannelSendToValidation):
    """X-4: what the agents type for short stands for a number."""

    entry: str
    number: str

    def is_valid(self, context: RecipientContext) -> bool:
        """For that entry."""
        return context.entry == self.entry

    def channel_send_to_validation(self, context: RecipientContext) -> Recipient | NoRecipient:
        """The number it stands for."""
        return Recipient(self.number)


@dataclass
class ChannelOnlyFor(ChannelsQualifyingForAgentMessaging):
    """X-5: one channel is offered for parties of one kind only."""

    channel: str
    table: str

    def is_valid_for_channel(self, context: ChannelContext) -> bool:
        """For that channel."""
        return context.channel == self.channel

    def is_channel_valid_for_agent_initiated_messaging(self, context: ChannelContext) -> bool:
        """Whether the party is of the kind."""
        return context.party is not None and context.party.record.table == self.table


@dataclass
class OpenedForFirst(AgentInitiatedMessagingUserDocument):
    """X-6: a message composed on an interaction is for the user it was opened for."""

    def is_valid_for_table_record(self, context: TableRecordContext) -> bool:
        """For interactions that were opened for a user."""
        return context.opened_for is not None

    def get_user_document(self, context: TableRecordContext) -> UserDocument | None:
        """That user."""
        return context.opened_for.record if context.opened_for else None


def behaving(
    point: type[ExtensionPoint], answer: Callable[[], object], applies: bool = True
) -> ExtensionPoint:
    """An implementation of any point, all of whose questions are answered by ``answer()``."""

    def reply(self: ExtensionPoint, context: object) -> object:
        return answer()

    questions = [
        name for name in dir(point) if name.startswith(("get_", "is_channel_", "channel_"))
    ]
    validity = [name for name in dir(point) if name.startswith("is_valid")]
    methods: dict[str, Any] = dict.fromkeys(questions, reply)
    methods |= dict.fromkeys(validity, lambda self, context: applies)
    implementation: ExtensionPoint = type(f"Behaving{point.__name__}", (point,), methods)()
    return implementation


def raising(message: str) -> Callable[[], object]:
    """An answer that is an error."""

    def answer() -> object:
        raise ValueError(message)

    return answer


def looping() -> object:
    """An answer that never comes."""
    while True:
        pass


UNKNOWN_RECORD = UserDocument("contact", "contact-0")
NONSENSE: dict[str, object] = {
    "X-1": ("not a number",),
    "X-2": UNKNOWN_RECORD,
    "X-3": UNKNOWN_RECORD,
    "X-4": Recipient("not a number"),
    "X-5": "yes",
    "X-6": UNKNOWN_RECORD,
}
"""By point, an answer of the right shape, or nearly so, that means nothing."""


class Misbehaviour(StrEnum):
    """How an extension can be of no help."""

    RAISES = "raises"
    NEVER_ENDS = "never ends"
    ANSWERS_NONSENSE = "answers nonsense"
    ANSWERS_OF_NO_USE = "answers something of no use"
    NEVER_APPLIES = "never applies"


_MISBEHAVES = "misbehaves"
_POINT_OF_RULE = {point.rule: point for point in POINTS}
_MADE: dict[str, type[ExtensionPoint]] = {
    kind.__name__: kind
    for kind in (
        SendFromOnly,
        BusinessNumbersOnly,
        ContactFirst,
        NumberOf,
        ClaimedConversationStays,
        ClaimedConversationIsTheUsers,
        NoNumbersOf,
        ShortNumber,
        ChannelOnlyFor,
        OpenedForFirst,
    )
}


def misbehaving(rule: str, how: Misbehaviour, message: str = "") -> ExtensionPoint:
    """An implementation of the point of a rule id that is of no help.

    ``message`` is what it raises. Raises KeyError for a rule that is no extension point.
    """
    answers: dict[Misbehaviour, Callable[[], object]] = {
        Misbehaviour.RAISES: raising(message),
        Misbehaviour.NEVER_ENDS: looping,
        Misbehaviour.ANSWERS_NONSENSE: lambda: NONSENSE[rule],
        Misbehaviour.ANSWERS_OF_NO_USE: object,
        Misbehaviour.NEVER_APPLIES: raising("asked all the same"),
    }
    applies = how is not Misbehaviour.NEVER_APPLIES
    made = behaving(_POINT_OF_RULE[rule], answers[how], applies)
    vars(made)[_MISBEHAVES] = {"rule": rule, "how": str(how), "message": message}
    return made


def described(implementation: ExtensionPoint) -> dict[str, Any]:
    """What :func:`of_description` makes an extension from that does the same, as JSON.

    Raises ValueError for one that is not ready-made: code does not travel.
    """
    if described := vars(implementation).get(_MISBEHAVES):
        return {"kind": _MISBEHAVES, **described}
    kind = type(implementation)
    if _MADE.get(kind.__name__) is not kind:
        raise ValueError(
            f"{kind.__name__} is no ready-made extension, so it cannot be described; "
            f"there are: {', '.join(_MADE)}. Give the served instance its module instead."
        )
    return {"kind": kind.__name__, **asdict(implementation)}  # type: ignore[call-overload]


def of_description(description: Mapping[str, Any]) -> ExtensionPoint:
    """The extension that was described. Raises ValueError where nothing is described so."""
    fields = dict(description)
    kind = fields.pop("kind", None)
    try:
        if kind == _MISBEHAVES:
            return misbehaving(**{**fields, "how": Misbehaviour(str(fields.get("how")))})
        if isinstance(fields.get("owner"), Mapping):
            fields["owner"] = UserDocument(**fields["owner"])
        if any(not isinstance(each, str | UserDocument) for each in fields.values()):
            raise TypeError("its fields are texts")
        return _MADE[str(kind)](**fields)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"no ready-made extension is described by {dict(description)}: {error}; "
            f"the kinds are: {', '.join(_MADE)}, {_MISBEHAVES}."
        ) from None

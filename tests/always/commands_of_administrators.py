"""Commands of administrators: who and what there is, settings, messaging actions, extensions."""

from __future__ import annotations

from collections.abc import Callable

from smslab.simulator.durations import in_words
from smslab.simulator.extensions import ready_made
from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.messaging_actions.messaging_action_records import ActionKind, MessagingEvent
from smslab.simulator.policy import SETTINGS
from smslab.simulator.states import InteractionState, PartyKind
from smslab.steps.language.places import location_of
from tests.always.commands_of_requesters import DURATIONS
from tests.always.story import given, when
from tests.always.world import (
    AGENTS,
    COMPANY_NUMBERS,
    NUMBERS,
    PARTIES,
    Command,
    Draw,
    World,
    kind,
)

BREAKING = {
    "sends_are_serialised": "I-1: two sends at the same moment may both create",
    "decline_changes_nothing": "I-8: a declined send moves the number",
    "one_owner_per_number": "I-2: every line has an owner of its own",
}
"""The switches that break an invariant, which is their point; they keep their defaults."""

SWITCHED = tuple(
    (setting.name, value)
    for setting in SETTINGS.values()
    if setting.name not in BREAKING
    for value in (
        ("1 minute", "2 hours", "3 days")
        if setting.kind == "timer"
        else setting.values
        if len(setting.values) < 5
        else ("US", "DE", "none")
    )
)
PLACES = ("Berlin", "Boston")
CHANNEL_CHANGES: tuple[tuple[str, dict[str, object]], ...] = (
    ("the SMS channel is in position 5", {"order": 5}),
    (
        'the SMS channel takes attachments of type "image, text"',
        {"attachment_types": ("image/", "text/")},
    ),
    ("the SMS channel allows no number but the party's", {"allows_other": False}),
    (
        "the SMS channel is offered only for parties with an active profile",
        {"needs_active_profile": True},
    ),
    ('the channel "SMS" is inactive', {"active": False}),
)
ACTIONS = {
    "prompts the agent": ActionKind.PROMPT_AGENT,
    "prompts the requester": ActionKind.PROMPT_REQUESTER,
    "reassigns the interaction": ActionKind.REASSIGN,
    "makes the interaction Closed Complete": ActionKind.SET_STATE,
    "makes the interaction Wrap Up": ActionKind.SET_STATE,
}
EVENTS = {
    "a requester's message": MessagingEvent.REQUESTER_MESSAGE,
    "an agent's message": MessagingEvent.AGENT_MESSAGE,
}
EXTENSIONS: dict[str, Callable[[], ExtensionPoint]] = {
    "of Send to offers only business numbers": ready_made.BusinessNumbersOnly,
    "of matching gives a number to a contact first": ready_made.ContactFirst,
    "of claiming leaves an agent's conversation with the guest": (
        ready_made.ClaimedConversationStays
    ),
    "of claiming gives the conversation to the party's user": (
        ready_made.ClaimedConversationIsTheUsers
    ),
    "of whom a message is for takes the opened-for user": ready_made.OpenedForFirst,
}


@kind("add_party", "add_location", needs=lambda world: len(world.parties) < len(PARTIES))
def add_party(world: World, draw: Draw) -> Command:
    name, kind_of_party = PARTIES[len(world.parties)], draw.one_of(tuple(PartyKind))
    place = draw.one_of((*PLACES, None))

    def act() -> None:
        location = location_of(world.scene, place) if place else None
        world.instance.add_party(kind_of_party, name, location=location)

    where = f" in {place}" if place else ""
    return Command(act, (given(f"{name} is a {kind_of_party}{where}"),))


@kind("import_parties", "add_location", needs=lambda world: len(world.parties) < len(PARTIES))
def import_consumers(world: World, draw: Draw) -> Command:
    names, number = PARTIES[len(world.parties) :], draw.one_of(tuple(NUMBERS))

    def act() -> None:
        location = location_of(world.scene, "Berlin")
        rows = [{"name": name, "mobile_phone": number, "location": location} for name in names]
        world.instance.import_parties(PartyKind.CONSUMER, rows)

    told = [given(f"{name} is a consumer in Berlin") for name in names]
    told += [given(f'{name}\'s mobile number is "{number}"') for name in names]
    return Command(act, tuple(told))


@kind("add_agent", needs=lambda world: len(world.agents) < len(AGENTS))
def add_agent(world: World, draw: Draw) -> Command:
    name = AGENTS[len(world.agents)]
    return Command(lambda: world.instance.add_agent(name), (given(f"{name} is an agent"),))


@kind(
    "add_provider_number",
    "add_provider",
    "add_channel",
    needs=lambda world: len(world.numbers) < len(COMPANY_NUMBERS),
)
def add_number(world: World, draw: Draw) -> Command:
    number = COMPANY_NUMBERS[len(world.numbers)]
    answered_by = draw.one_of(("virtual agent", "queue"))

    def act() -> None:
        if not world.numbers:
            world.instance.add_channel("SMS")
            world.instance.add_provider("Twilio", "SMS")
        provider = world.store.providers.find("channel", "SMS")[0].id
        world.instance.add_provider_number(number, provider, answered_by)

    queue = ", where requesters wait in the queue" if answered_by == "queue" else ""
    return Command(act, (given(f'the company texts from "{number}"{queue}'),))


@kind("configure_channel", needs=lambda world: world.numbers)
def configure_channel(world: World, draw: Draw) -> Command:
    told, changes = draw.one_of(CHANNEL_CHANGES)
    return Command(lambda: world.instance.configure_channel("SMS", **changes), (given(told),))


@kind("change_party", needs=lambda world: world.parties)
def change_number(world: World, draw: Draw) -> Command:
    party, field = draw.one_of(world.parties), draw.one_of(("mobile", "home", "business"))
    number = draw.one_of(tuple(NUMBERS))
    national = world.instance.territory_of(party.location) == "DE" and draw.maybe()
    entry = NUMBERS[number] if national and world.instance.policy.national_entry else number
    told = when(f'{party.name}\'s {field} number becomes "{entry}"')
    return Command(
        lambda: world.instance.change_party(party.id, **{f"{field}_phone": entry}), (told,)
    )


@kind("change_party", needs=lambda world: world.parties)
def remove_number(world: World, draw: Draw) -> Command:
    party, field = draw.one_of(world.parties), draw.one_of(("mobile", "home", "business"))
    told = when(f"{party.name}'s {field} number is removed")
    return Command(
        lambda: world.instance.change_party(party.id, **{f"{field}_phone": None}), (told,)
    )


@kind("change_party", "add_location", needs=lambda world: world.parties)
def move(world: World, draw: Draw) -> Command:
    party, place = draw.one_of(world.parties), draw.one_of(PLACES)

    def act() -> None:
        world.instance.change_party(party.id, location=location_of(world.scene, place))

    return Command(act, (when(f"{party.name} moves to {place}"),))


@kind("change_party", needs=lambda world: _users(world))
def link(world: World, draw: Draw) -> Command:
    user = draw.one_of(_users(world))
    party = draw.one_of([party for party in world.parties if party.id != user] or world.parties)
    told = given(f"{party.name} is the same person as the user {world.store.parties[user].name}")
    return Command(lambda: world.instance.change_party(party.id, linked_user=user), (told,))


def _users(world: World) -> list[str]:
    return [party.id for party in world.parties if party.kind is PartyKind.USER]


@kind("change_location", needs=lambda world: world.store.locations.find("name", "Germany"))
def change_location(world: World, draw: Draw) -> Command:
    germany = world.store.locations.find("name", "Germany")[0].id
    territory = draw.one_of(("AT", "DE"))
    told = when(f'the location "Germany" gets the phone territory "{territory}"')
    return Command(lambda: world.instance.change_location(germany, territory=territory), (told,))


@kind("change_setting")
def change_setting(world: World, draw: Draw) -> Command:
    name, value = draw.one_of(SWITCHED)
    told = when(f'the setting "{name}" becomes "{value}"')
    return Command(lambda: world.instance.change_setting(name, value), (told,))


@kind("add_messaging_action")
def add_messaging_action(world: World, draw: Draw) -> Command:
    does, after = draw.one_of(tuple(ACTIONS)), draw.one_of(tuple(EVENTS))
    name, duration = draw.one_of(("First", "Second")), draw.one_of(DURATIONS)
    state = InteractionState(does.split("interaction ")[1]) if "makes" in does else None
    told = given(
        f'the messaging action "{name}" {does} {in_words(duration)} '
        f"after {after} without a response"
    )
    return Command(
        lambda: world.instance.add_messaging_action(
            name, EVENTS[after], ACTIONS[does], duration, state=state
        ),
        (told,),
    )


@kind("change_messaging_action")
def switch_messaging_action(world: World, draw: Draw) -> Command:
    name, active = draw.one_of(("No requester response", "First")), draw.maybe()
    told = when(f'the messaging action "{name}" becomes {"active" if active else "inactive"}')
    return Command(lambda: world.instance.change_messaging_action(name, active=active), (told,))


@kind("register_extension")
def register_extension(world: World, draw: Draw) -> Command:
    does, name = draw.one_of(tuple(EXTENSIONS)), draw.one_of(("One", "Two"))
    order = draw.number(1, 3)
    told = given(f'the extension "{name}" with order {order} {does}')
    implementation = EXTENSIONS[does]()
    return Command(lambda: world.instance.register_extension(implementation, name, order), (told,))

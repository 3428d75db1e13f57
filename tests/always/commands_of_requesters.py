"""What requesters do, what the virtual agent knows, how messages fail, and time."""

from __future__ import annotations

from datetime import timedelta

from smslab.simulator.carriers.destinations import Condition
from smslab.simulator.durations import in_words
from smslab.simulator.virtual_agents.topics import topic_step
from tests.always.commands_of_agents import has_talk
from tests.always.story import given, when
from tests.always.world import COMPANY_NUMBERS, NUMBERS, Command, Draw, World, kind

TEXTS = ("Hello", "parcel", "bill", "1", "2", "an agent please", "STOP", "START", "HELP")
TOPICS = {
    "Parcels": ("parcel", (("asks", "Which one?"), ("says", "It is on its way."))),
    "Bills": ("bill", (("offers", "Parcels, an agent"), ("ends", "User Ended"))),
    "Anything": ("Hello", (("says", "Wait."), ("hands over", ""))),
    "Riddles": ("2", (("goes to", "Parcels"),)),
    "Broken": ("1", (("says", "Now."), ("fails", "It broke."))),
}
DURATIONS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 31, 119, 121, 24 * 60, 2 * 24 * 60 + 1)
)


@kind("requester_texts", needs=lambda world: world.numbers, weight=4)
def text(world: World, draw: Draw) -> Command:
    number, to = draw.one_of(tuple(NUMBERS)), draw.one_of(COMPANY_NUMBERS)
    body = draw.one_of(TEXTS)
    told = when(f'a text from "{number}" reaches "{to}": "{body}"')
    return Command(lambda: world.instance.requester_texts(number, to, body), (told,))


@kind("requester_texts", needs=lambda world: world.numbers)
def text_with_an_id(world: World, draw: Draw) -> Command:
    number, to = draw.one_of(tuple(NUMBERS)), draw.one_of(COMPANY_NUMBERS)
    id = draw.one_of(("SM1", "SM2"))
    told = when(f'a text from "{number}" reaches "{to}" with the message id {id}: "Hello"')
    return Command(lambda: world.instance.requester_texts(number, to, "Hello", id), (told,))


@kind("requester_leaves", needs=has_talk)
def requester_leaves(world: World, draw: Draw) -> Command:
    talk, for_a_search = draw.one_of(world.talks), draw.maybe()
    why = " for a search" if for_a_search else ""
    told = when(f"the requester leaves the {talk.told}{why}")
    return Command(lambda: world.instance.requester_leaves(talk.interaction, for_a_search), (told,))


@kind("advance", weight=2)
def let_time_pass(world: World, draw: Draw) -> Command:
    duration = draw.one_of(DURATIONS)
    return Command(lambda: world.instance.advance(duration), (when(f"{in_words(duration)} pass"),))


# The virtual agent


@kind("add_topic")
def add_topic(world: World, draw: Draw) -> Command:
    name = draw.one_of(tuple(TOPICS))
    keyword, steps = TOPICS[name]
    told = given(
        f'the virtual agent\'s topic "{name}" for texts about "{keyword}"',
        (("does", "text"), *steps),
    )
    made = [topic_step(*step) for step in steps]
    return Command(lambda: world.instance.add_topic(name, made, [keyword]), (told,))


@kind("set_agent_words", needs=lambda world: world.numbers)
def set_agent_words(world: World, draw: Draw) -> Command:
    word = draw.one_of(("agent", "Hello"))
    told = given(f'whoever texts "{word}" asks for an agent')
    return Command(lambda: world.instance.set_agent_words([word]), (told,))


@kind("set_idle_timeout", needs=lambda world: world.numbers)
def set_idle_timeout(world: World, draw: Draw) -> Command:
    duration = draw.one_of(DURATIONS)
    told = given(f"SMS conversations may be idle for {in_words(duration)}")
    return Command(lambda: world.instance.set_idle_timeout(duration), (told,))


# The provider


@kind("refuse_messages_to", needs=lambda world: world.parties_with_numbers)
def refuse_messages(world: World, draw: Draw) -> Command:
    party = draw.one_of(world.parties_with_numbers)
    number, code = str(world.number_of(party)), draw.one_of(("21211", "30003", "99999"))
    told = given(f'the provider refuses messages to {party.name} with error "{code}"')
    return Command(lambda: world.instance.refuse_messages_to(number, code), (told,))


@kind("fail_messages_to", needs=lambda world: world.parties_with_numbers)
def fail_messages(world: World, draw: Draw) -> Command:
    party = draw.one_of(world.parties_with_numbers)
    number, code = str(world.number_of(party)), draw.one_of(("30003", "99999"))
    told = given(f'messages to {party.name} come back with error "{code}"')
    return Command(lambda: world.instance.fail_messages_to(number, code), (told,))


@kind("set_condition", needs=lambda world: world.parties_with_numbers)
def set_condition(world: World, draw: Draw) -> Command:
    party, condition = draw.one_of(world.parties_with_numbers), draw.one_of(tuple(Condition))
    number = str(world.number_of(party))
    told = given(f"{party.name}'s number is {condition}")
    return Command(lambda: world.instance.set_condition(number, condition), (told,))


@kind("clear_condition", needs=lambda world: world.parties_with_numbers)
def clear_condition(world: World, draw: Draw) -> Command:
    party = draw.one_of(world.parties_with_numbers)
    number = str(world.number_of(party))
    told = when(f"{party.name}'s number is well again")
    return Command(lambda: world.instance.clear_condition(number), (told,))


@kind("begin_outage", "end_outage", needs=lambda world: world.numbers)
def outage(world: World, draw: Draw) -> Command:
    provider = world.store.providers.find("channel", "SMS")[0]
    if draw.one_of((provider.outage, not provider.outage)):
        return Command(lambda: world.instance.end_outage(provider.id), (when("the outage ends"),))
    told = when("the provider has an outage")
    return Command(lambda: world.instance.begin_outage(provider.id), (told,))


@kind("limit_throughput", needs=lambda world: world.numbers)
def limit_throughput(world: World, draw: Draw) -> Command:
    number, limit = draw.one_of(world.numbers), draw.one_of((1, 3, 0, None))
    how = f"{limit} segments per second" if limit else "without a limit"
    told = when(f'"{number}" sends {how} from now on')
    return Command(lambda: world.instance.limit_throughput(number, limit), (told,))


@kind("deliver_in")
def deliver_in(world: World, draw: Draw) -> Command:
    duration = draw.one_of((*DURATIONS[:2], timedelta(0)))
    told = given(f"the provider reports every delivery after {in_words(duration)}")
    return Command(lambda: world.instance.deliver_in(duration), (told,))

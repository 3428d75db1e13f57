"""What happens to interactions, to the offers of them, and to those who have them."""

from __future__ import annotations

from smslab.reports.diagrams.telling import GUEST, VIRTUAL_AGENT, Teller, Telling, by
from smslab.simulator.journal import Event, Value
from smslab.simulator.states import InteractionType, WorkItemState


def _name(story: Telling, event: Event) -> None:
    story.names[event.id] = str(event.new)


def _state(story: Telling, event: Event) -> None:
    talk = story.talk(event.id)
    row = talk.row = story.add(event, "state", (event.id,), str(event.new))
    row.state = row.text
    if event.old is not None:
        row.before = str(event.old)
        row.text += by(event.rule)


def _type(story: Telling, event: Event) -> None:
    if event.new != InteractionType.MESSAGING:
        story.talk(event.id).type = str(event.new)
        story.abouts[event.id] = str(event.new)


def _party(story: Telling, event: Event) -> None:
    talk = story.talk(event.id)
    talk.party = talk.party if event.new is None else str(event.new)
    if talk.party is not None:
        name = story.name(talk.party)
        story.abouts[event.id] = f"{name} · {talk.type}" if talk.type else name


def _assigned_to(story: Telling, event: Event) -> None:
    talk = story.talk(event.id)
    talk.holder = None if event.new is None else story.agent(str(event.new))
    if talk.holder is None:
        return
    if talk.row is not None and story.is_last(talk.row):
        talk.row.text += f" · with {story.name(talk.holder)}"
    else:
        story.add(event, "note", (event.id,), f"now with {story.name(talk.holder)}")


def _with_virtual_agent(story: Telling, event: Event) -> None:
    talk = story.talk(event.id)
    if event.new is True:
        talk.holder = story.agent(VIRTUAL_AGENT)
        if talk.row is not None and story.is_last(talk.row):
            talk.row.text += " · with the virtual agent"
    elif talk.holder == VIRTUAL_AGENT:
        talk.holder = None


def _state_reason(story: Telling, event: Event) -> None:
    talk = story.talk(event.id)
    if event.new is not None and talk.row is not None and story.is_last(talk.row):
        talk.row.text += f" · {event.new}"


def _group(story: Telling, event: Event) -> None:
    story.groups[event.id] = str(event.new)


def _members(story: Telling, event: Event) -> None:
    interaction = story.groups.get(event.id)
    if interaction is None:
        return
    talk = story.talk(interaction)
    known = (talk.holder, talk.party, GUEST)
    before, after = _ids(event.old), _ids(event.new)
    for id in after:
        if id not in before and id not in known:
            story.add(event, "arrow", (story.agent(id), interaction), "joins the conversation")
    for id in before:
        if id not in after:
            story.add(event, "arrow", (story.agent(id), interaction), "leaves the conversation")


def _ids(members: Value) -> list[str]:
    return str(members).split(", ") if members else []


def _item(story: Telling, event: Event) -> None:
    story.items.setdefault(event.id, {})[event.field] = event.new


def _item_state(story: Telling, event: Event) -> None:
    item = story.items.setdefault(event.id, {})
    if event.old is None or event.new == WorkItemState.PENDING_ACCEPT:
        return  # it waits, and the agent to whom it is offered comes next
    interaction, agent = _interaction(story, item), item.get("agent")
    if agent is None:
        story.add(event, "note", (interaction,), f"work item {event.new}{by(event.rule)}", "soft")
    elif event.new == WorkItemState.ACCEPTED:
        story.add(event, "arrow", (str(agent), interaction), "accepts the offer")
    elif event.command == "reject":
        story.add(event, "arrow", (str(agent), interaction), f"rejects the offer{by(event.rule)}")
    else:
        words = _ENDED_OFFERS.get(event.command, f"the offer ends: {event.command}")
        story.add(event, "arrow", (interaction, str(agent)), words + by(event.rule), "soft")


_ENDED_OFFERS = {
    "cancel work item": "the offer is withdrawn",
    "offer times out": "the offer times out",
}
"""What a reader is told, by command."""


def _item_agent(story: Telling, event: Event) -> None:
    item = story.items.setdefault(event.id, {})
    item["agent"] = event.new
    if event.new is not None:
        way = (_interaction(story, item), story.agent(str(event.new)))
        story.add(event, "arrow", way, f"offered{by(event.rule)}")


def _transfer(story: Telling, event: Event) -> None:
    item = story.items.setdefault(event.id, {})
    item[event.field] = event.new
    giver, wanted = item.get("given_by"), item.get("wanted")
    if giver is not None and wanted is not None:
        way = (story.agent(str(giver)), _interaction(story, item))
        words = f"wants {story.name(str(wanted))} to have it"
        story.add(event, "arrow", way, words + by(event.rule))


def _interaction(story: Telling, item: dict[str, Value]) -> str:
    id = str(item.get("interaction", ""))
    story.talk(id)
    return id


def _presence(story: Telling, event: Event) -> None:
    if event.old is not None and event.command != "set presence":
        words = f"{story.name(event.id)} is {event.new}"
        story.add(event, "note", (story.agent(event.id),), words, "soft").optional = True


TELLERS: dict[tuple[str, str], Teller] = {
    **{(e, "name"): _name for e in ("consumer", "contact", "user", "agent", "messaging action")},
    ("interaction", "state"): _state,
    ("interaction", "type"): _type,
    **{("interaction", party): _party for party in ("consumer", "contact", "opened_for")},
    ("interaction", "assigned_to"): _assigned_to,
    ("interaction", "with_virtual_agent"): _with_virtual_agent,
    ("interaction", "state_reason"): _state_reason,
    ("live group profile", "interaction"): _group,
    ("live group profile", "members"): _members,
    ("work item", "interaction"): _item,
    ("work item", "given_by"): _transfer,
    ("work item", "state"): _item_state,
    ("work item", "agent"): _item_agent,
    ("work item", "wanted"): _transfer,
    ("agent", "presence"): _presence,
}
"""By entity and field."""

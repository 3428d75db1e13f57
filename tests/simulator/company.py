"""A company to test with: two agents, two consumers in Germany, and a number to text from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TypeAlias

from smslab.simulator.instance import Instance
from smslab.simulator.journal import Value
from smslab.simulator.outcomes import SendOutcome
from smslab.simulator.policy import Policy
from smslab.simulator.records import Interaction, Record
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import PartyKind
from smslab.simulator.store import Store
from smslab.simulator.telling import entity_of

COMPANY = "+4930901820"
SECOND_COMPANY = "+4989123456"
ANAS = "+4915123456789"
BENS = "+4915123456780"
STRANGERS = "+4915123456781"

Recorded: TypeAlias = dict[tuple[str, str, str], Value]
"""Values as the journal has them, by entity, id and field."""


@dataclass(frozen=True)
class Company:
    """The instance, what it shipped with, and the ids of who and what is in it."""

    instance: Instance
    shipped: Recorded
    germany: str
    provider: str
    ana: str
    ben: str
    bill: str
    cleo: str

    @property
    def store(self) -> Store:
        return self.instance.store

    def send(
        self,
        agent: str | None = None,
        party: str | None = None,
        to: str | None = None,
        sent_from: str | None = None,
        body: str = "Hello",
    ) -> SendOutcome:
        """Send and confirm; from Bill to Ana unless told otherwise."""
        return self.instance.send(self.request(agent, party, to, sent_from, body), confirmed=True)

    def request(
        self,
        agent: str | None = None,
        party: str | None = None,
        to: str | None = None,
        sent_from: str | None = None,
        body: str = "Hello",
    ) -> SendRequest:
        """What an agent fills in on the record of a party."""
        return SendRequest(
            agent or self.bill, body, party or self.ana, send_to=to, send_from=sent_from
        )

    def text(self, number: str = ANAS, to: str = COMPANY) -> Interaction:
        """A requester texts the company; the interaction that the text went into."""
        message = self.instance.requester_texts(number, to, "Hello")
        assert message is not None
        return self.store.interactions[message.interaction]

    def begin(self, has_it: str, number: str = ANAS, to: str = COMPANY) -> Interaction:
        """A conversation of a requester with "agent" (Bill), "virtual agent" or "queue"."""
        interaction = self.text(number, to)
        if has_it == "agent":
            self.instance.assign(interaction.id, self.bill)
        elif has_it == "queue":
            self.instance.put_in_queue(interaction.id)
        return self.store.interactions[interaction.id]

    def add(self, kind: PartyKind, name: str, mobile_phone: str | None = None) -> str:
        """A party in Germany; its id."""
        return self.instance.add_party(
            kind, name, mobile_phone=mobile_phone, location=self.germany
        ).id

    def owner(self, number: str = ANAS) -> str | None:
        """Whom the number's one active profile binds it to, "nobody" where it has none."""
        profiles = self.store.profiles.find("active", (number, "SMS"))
        assert len(profiles) < 2
        return profiles[0].party if profiles else "nobody"

    def members(self, interaction: str) -> tuple[str, ...]:
        """Who is in the live group profile of an interaction."""
        group = self.store.live_group_of(interaction)
        assert group is not None
        return group.members


def company(policy: Policy | None = None, numbers: tuple[str, ...] = (COMPANY,)) -> Company:
    """A fresh one; Ana's and Ben's mobile numbers are ANAS and BENS, in national format."""
    instance = Instance(policy or Policy(), seed=1)
    shipped = recorded_in(instance.store)
    germany = instance.add_location("Germany", territory="DE").id
    instance.add_channel("SMS")
    provider = instance.add_provider("Twilio", "SMS").id
    for number in numbers:
        instance.add_provider_number(number, provider)
    return Company(
        instance,
        shipped,
        germany,
        provider,
        instance.add_party(
            PartyKind.CONSUMER, "Ana", mobile_phone="0151 23456789", location=germany
        ).id,
        instance.add_party(
            PartyKind.CONSUMER, "Ben", mobile_phone="0151 23456780", location=germany
        ).id,
        instance.add_agent("Bill").id,
        instance.add_agent("Cleo").id,
    )


def policy(**settings: str) -> Policy:
    """The default policy with these settings, by name."""
    changed = Policy()
    for name, value in settings.items():
        changed = changed.changed(name, value)
    return changed


def whole_state(instance: Instance) -> tuple[object, ...]:
    """All that a later command could notice: rows, their order, ids to come, indexes, settings."""
    store = instance.store
    return (
        store.snapshot(),
        [list(rows) for rows in store.snapshot().values()],
        store.mark(),
        indexes(store),
        instance.policy,
        instance.clock.now,
        list(instance.breaches),
    )


def indexes(store: Store) -> dict[str, dict[object, list[Record]]]:
    """What every index of every table finds, by "table.index" and key."""
    found: dict[str, dict[object, list[Record]]] = {}
    for name, table in vars(store).items():
        for index, keys in getattr(table, "_found", {}).items():
            found[f"{name}.{index}"] = {key: table.find(index, key) for key in keys}
    return found


def recomputed(store: Store) -> dict[str, dict[object, list[Record]]]:
    """What every index should find, from the rows alone."""
    found: dict[str, dict[object, list[Record]]] = {}
    for name, table in vars(store).items():
        for index, keys_of in getattr(table, "_keys", {}).items():
            by_key = found.setdefault(f"{name}.{index}", {})
            for row in table:
                for key in set(keys_of(row)):
                    by_key.setdefault(key, []).append(row)
    return found


def as_recorded(value: object) -> Value:
    """A value of a record as the journal writes it."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple):
        return ", ".join(value) or None
    return value if value is None or isinstance(value, bool | int) else str(value)


def told_by(at: Company) -> Recorded:
    """What the journal says every field is, after what the instance shipped with.

    Fails where an event does not start from what the one before it left.
    """
    told = dict(at.shipped)
    for event in at.instance.journal.events:
        if event.entity in {"decision", "invariant", "setting"}:
            continue
        key = (event.entity, event.id, event.field)
        assert told.get(key, event.old) == event.old, f"{event} follows {told.get(key)!r}"
        told[key] = event.new
    return {key: value for key, value in told.items() if value not in (None, False)}


def recorded_in(store: Store) -> Recorded:
    """What every field is in the tables; nothing of fields that are empty or no."""
    found: Recorded = {}
    for rows in store.snapshot().values():
        for row in rows.values():
            for entry in fields(row):
                value = as_recorded(getattr(row, entry.name))
                if entry.name not in ("id", "kind") and value not in (None, False):
                    found[entity_of(row), row.id, entry.name] = value
    return found

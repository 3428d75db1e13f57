"""Setting up people, places and the company on a real instance, as far as that can be done."""

from __future__ import annotations

from typing import Any

from smslab.simulator.administration import ADMINISTRATOR
from smslab.simulator.errors import Refused
from smslab.simulator.http.references import TABLE_OF
from smslab.simulator.numbers.locations import territory_of
from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.records import (
    AGENT_ROLE,
    SMS,
    Agent,
    Channel,
    Location,
    Party,
    Provider,
    ProviderNumber,
)
from smslab.simulator.states import PartyKind
from smslab.steps.needs import Need
from smslab.steps.targets.lacks import Lacks
from smslab.steps.targets.servicenow.columns import LINKED_USER
from smslab.steps.targets.servicenow.connected import Connected
from smslab.steps.targets.servicenow.table_client import OUR_ID, Row

_PHONES = ("mobile_phone", "home_phone", "business_phone")


class SetUp(Connected):
    """The commands of an administrator.

    People are made there, with test numbers. Places are made there only where numbers are
    validated there; without that they are known here only.
    """

    def add_location(
        self, name: str, parent: str | None = None, territory: str | None = None
    ) -> Location:
        """A place: known here only, unless numbers are validated on the instance."""
        store = self.core.store
        row = self._place(name, parent, territory) if self._validates else None
        with self.core.command("add location", ADMINISTRATOR):
            location = store.insert(Location(store.new_id("location"), name, parent, territory))
        if row is not None:
            self._mirror.know(location.id, row["sys_id"])
        return location

    def _place(self, name: str, parent: str | None, territory: str | None) -> Row:
        """A new place on the instance, with its territory."""
        values = {"name": name}
        if parent is not None:
            values["parent"] = self._mirror.sys_id(parent)
        if territory is not None:
            values["phone_territory"] = self._territory(territory)
        return self._tables.insert("cmn_location", values)

    def _territory(self, name: str) -> str:
        found = self._tables.rows("sys_phone_territory", f"name={name}", ())
        if not found:
            raise Lacks(Need.PEOPLE, f"the phone territory {name!r}")
        return found[0]["sys_id"]

    def change_location(self, location: str, **changes: str | None) -> Location:
        """Change a place of this scenario."""
        if self._validates:
            values: dict[str, str] = {}
            if territory := changes.get("territory"):
                values["phone_territory"] = self._territory(territory)
            if parent := changes.get("parent"):
                values["parent"] = self._mirror.sys_id(parent)
            self._tables.update("cmn_location", self._mirror.sys_id(location), values)
        with self.core.command("change location", ADMINISTRATOR):
            return self.core.store.update(self.core.store.locations[location], **changes)

    def add_party(self, kind: PartyKind, name: str, **fields: Any) -> Party:
        """A new consumer, contact or user on the instance. Raises Refused."""
        row = self._tables.insert(TABLE_OF[kind], {"name": name, **self._columns(kind, fields)})
        store = self.core.store
        with self.core.command(f"add {kind}", ADMINISTRATOR):
            party = store.insert(Party(store.new_id(kind.value), kind, name, **fields))
        self._mirror.know(party.id, row["sys_id"], row.get(OUR_ID) or row["sys_id"])
        return party

    def change_party(self, party: str, **changes: str | None) -> Party:
        """Change a party's record on the instance. Raises Refused."""
        current = self.party(party)
        if columns := self._columns(current.kind, changes, current):
            self._tables.update(TABLE_OF[current.kind], self._mirror.sys_id(party), columns)
        with self.core.command(f"change {current.kind}", ADMINISTRATOR):
            return self.core.store.update(current, **changes)

    def _columns(
        self, kind: PartyKind, fields: dict[str, Any], current: Party | None = None
    ) -> dict[str, str]:
        """What a party's fields are in columns: numbers as test numbers, in E.164."""
        location = fields.get("location", current.location if current else None)
        seen_as = Party("", kind, "", location=location)
        columns: dict[str, str] = {}
        if self._validates and fields.get("location"):
            columns["location"] = self._mirror.sys_id(fields["location"])
        for field in _PHONES:
            if field in fields:
                of_user = field == "business_phone" and kind is not PartyKind.CONSUMER
                column = "phone" if of_user else field
                columns[column] = self._real(fields[field], seen_as) if fields[field] else ""
        if user := fields.get("linked_user"):
            column = "user" if kind is PartyKind.CONSUMER else LINKED_USER
            columns[column] = self._mirror.sys_id(user)
        return columns

    def _real(self, entry: str, party: Party) -> str:
        """The test number for an entry; an entry that is no number is written as it is."""
        number = self.core.number_for(entry, party)
        return self._numbers.real(number.e164) if isinstance(number, PhoneNumber) else entry

    def add_agent(self, name: str, roles: tuple[str, ...] = (AGENT_ROLE,)) -> Agent:
        """The user who is this agent by the description; where that names none, a new one.

        A user who happens to have the name is somebody else.
        """
        row = self._described_agent(name)
        row = row or self._tables.insert("sys_user", {"name": name, "roles": ",".join(roles)})
        store = self.core.store
        with self.core.command("add agent", ADMINISTRATOR):
            agent = store.insert(Agent(store.new_id("agent"), name, roles))
        self._mirror.know(agent.id, row["sys_id"], row.get(OUR_ID) or row["sys_id"])
        return agent

    def _described_agent(self, name: str) -> Row | None:
        agents = self._described.get("agents")
        if not agents:
            return None
        if name not in agents:
            raise Lacks(Need.PEOPLE, f"a user who is agent {name}: name one in targets.toml")
        found = self._tables.rows("sys_user", f"user_name={agents[name]}", ("user_name",))
        if not found:
            raise Lacks(Need.PEOPLE, f"the user {agents[name]!r}, who is to be agent {name}")
        return found[0]

    def add_channel(self, name: str, kind: str = "messaging") -> Channel:
        """The SMS channel, which the instance has; it has no other."""
        if name != SMS:
            raise Lacks(Need.COMPANY, f"the channel {name!r}")
        store = self.core.store
        with self.core.command("add channel", ADMINISTRATOR):
            return store.insert(Channel(store.new_id("channel"), name, kind))

    def configure_channel(self, channel: str, **changes: Any) -> Channel:
        """Raises Lacks: a channel is not configured for a test."""
        raise Lacks(Need.COMPANY, "a configuration of channels that can be changed")

    def add_provider(self, name: str, channel: str) -> Provider:
        """The provider of the channel, which the instance has."""
        store = self.core.store
        with self.core.command("add provider", ADMINISTRATOR):
            return store.insert(Provider(store.new_id("provider"), name, channel))

    def add_provider_number(
        self, entry: str, provider: str, answered_by: str = "virtual agent"
    ) -> ProviderNumber:
        """A number that the instance has, in place of this one. Raises Refused and Lacks."""
        number = self.core.number_for(entry, None)
        if isinstance(number, NumberRefusal):
            raise Refused(number.rule, number.reason)
        self._numbers.add_company_number(number.e164, answered_by)
        store = self.core.store
        with self.core.command("add provider number", ADMINISTRATOR):
            id = store.new_id("provider-number")
            return store.insert(ProviderNumber(id, number.e164, provider, answered_by))

    def territory_of(self, location: str | None) -> str | None:
        """The phone territory of a place of this scenario."""
        return territory_of(location, self.core.store.locations.by_id)

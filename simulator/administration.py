"""Setting an instance up: people, places, channels, numbers and settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from smslab.simulator.commands import Commands
from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.numbers.locations import territory_of
from smslab.simulator.numbers.phone_numbers import NumberRefusal
from smslab.simulator.numbers.territories import checked_territory
from smslab.simulator.records import (
    AGENT_ROLE,
    Agent,
    Channel,
    Location,
    Party,
    Provider,
    ProviderNumber,
)
from smslab.simulator.states import PartyKind

ADMINISTRATOR = "administrator"
PhoneField = Literal["mobile_phone", "home_phone", "business_phone"]


class Administration(Commands):
    """The commands of an administrator."""

    def add_location(
        self, name: str, parent: str | None = None, territory: str | None = None
    ) -> Location:
        """A location below ``parent`` (an id), with a phone territory or none of its own (N-3).

        Raises UnknownTerritory for a territory that is none, naming the nearest, and
        UnknownRecord for a parent that does not exist.
        """
        if territory is not None:
            checked_territory(territory)
        self._check_references({"parent": parent})
        with self.core.command("add location", ADMINISTRATOR):
            return self.core.store.insert(
                Location(self.core.store.new_id("location"), name, parent, territory)
            )

    def change_location(self, location: str, **changes: str | None) -> Location:
        """Give a location another ``parent`` or ``territory``. Raises as :meth:`add_location`."""
        if changes.get("territory") is not None:
            checked_territory(str(changes["territory"]))
        self._check_references({"location": location, **changes})
        with self.core.command("change location", ADMINISTRATOR):
            changed = self.core.store.update(self.core.store.locations[location], **changes)
        self.core.store.parties.reindex("number")
        return changed

    def territory_of(self, location: str | None) -> str | None:
        """The phone territory that holds at a location (an id), or None (N-3)."""
        return territory_of(location, self.core.store.locations.by_id)

    def add_party(self, kind: PartyKind, name: str, **fields: Any) -> Party:
        """A consumer, contact or user; ``fields`` are further fields of the record.

        Raises UnknownRecord for a location or linked user that does not exist.
        """
        self._check_references(fields)
        with self.core.command(f"add {kind}", ADMINISTRATOR):
            return self.core.store.insert(
                Party(self.core.store.new_id(kind.value), kind, name, **fields)
            )

    def import_parties(
        self, kind: PartyKind, rows: Iterable[Mapping[str, Any]], journalled: bool = True
    ) -> list[Party]:
        """Many parties of one kind in one command: all of them, or none.

        Each of ``rows`` holds the arguments of :meth:`add_party`. Without ``journalled`` the
        journal does not tell of them, as of what an instance ships with: for a million
        people who were there before the story. Raises as :meth:`add_party`.
        """
        with self.core.command(f"import {kind}s", ADMINISTRATOR) as executed:
            executed.journalled = journalled
            imported = []
            for row in rows:
                self._check_references(row)
                party = Party(self.core.store.new_id(kind.value), kind, **row)
                imported.append(self.core.store.insert(party))
            return imported

    def change_party(self, party: str, **changes: str | None) -> Party:
        """Change fields of a party's record: a phone number, the location, the linked user.

        Raises UnknownRecord as :meth:`add_party`.
        """
        current = self.party(party)
        self._check_references(changes)
        with self.core.command(f"change {current.kind}", ADMINISTRATOR):
            return self.core.store.update(current, **changes)

    def add_agent(self, name: str, roles: tuple[str, ...] = (AGENT_ROLE,)) -> Agent:
        """A user who handles interactions; without the role no SMS can be composed (C-4)."""
        with self.core.command("add agent", ADMINISTRATOR):
            return self.core.store.insert(Agent(self.core.store.new_id("agent"), name, roles))

    def add_channel(self, name: str, kind: str = "messaging") -> Channel:
        """A channel of kind ``messaging`` or ``chat``, configured with the defaults."""
        with self.core.command("add channel", ADMINISTRATOR):
            return self.core.store.insert(Channel(self.core.store.new_id("channel"), name, kind))

    def configure_channel(self, channel: str, **changes: Any) -> Channel:
        """Change the configuration of a channel by name (C-8, C-10 to C-12)."""
        found = self._channel(channel)
        with self.core.command("configure channel", ADMINISTRATOR):
            return self.core.store.update(found, **changes)

    def add_provider(self, name: str, channel: str) -> Provider:
        """The carrier connection of a channel (by name)."""
        self._channel(channel)
        with self.core.command("add provider", ADMINISTRATOR):
            return self.core.store.insert(
                Provider(self.core.store.new_id("provider"), name, channel)
            )

    def add_provider_number(
        self, entry: str, provider: str, answered_by: str = "virtual agent"
    ) -> ProviderNumber:
        """A number of the company on a provider (by id), stored as E.164.

        Conversations that requesters begin there start with the ``virtual agent`` or in
        the ``queue`` (R-1). Raises Refused for a number that is none, UnknownRecord for
        a provider that does not exist.
        """
        self._check_references({"provider": provider})
        number = self.core.number_for(entry, None)
        if isinstance(number, NumberRefusal):
            raise Refused(number.rule, number.reason)
        with self.core.command("add provider number", ADMINISTRATOR):
            return self.core.store.insert(
                ProviderNumber(
                    self.core.store.new_id("provider-number"), number.e164, provider, answered_by
                )
            )

    def change_setting(self, name: str, value: str) -> None:
        """Set a switch or a system property. Raises UnknownSetting or BadValue."""
        self.core.change_setting(name, value, ADMINISTRATOR)

    def _channel(self, name: str) -> Channel:
        channels = self.core.store.channels
        if found := channels.find("name", name):
            return found[0]
        names = ", ".join(channel.name for channel in channels) or "none"
        raise UnknownRecord(f"There is no channel {name!r}; the instance has: {names}.")

    def _check_references(self, fields: Mapping[str, Any]) -> None:
        """Raise UnknownRecord for the first field that refers to a record that is not there."""
        store = self.core.store
        tables: dict[str, Mapping[str, object]] = {
            "location": store.locations.by_id,
            "parent": store.locations.by_id,
            "linked_user": store.parties.by_id,
            "provider": store.providers.by_id,
        }
        for field, rows in tables.items():
            id = fields.get(field)
            if id is not None and id not in rows:
                raise UnknownRecord(f"There is no {field.replace('_', ' ')} {id!r}.")

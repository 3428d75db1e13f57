"""Setting an instance up: people, places, channels, numbers and settings."""

from __future__ import annotations

from typing import Any, Literal

from smslab.simulator.clock import VirtualClock
from smslab.simulator.core import Core
from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.invariants import Breach
from smslab.simulator.journal import Journal
from smslab.simulator.phone_numbers import NumberRefusal
from smslab.simulator.policy import Policy
from smslab.simulator.records import (
    AGENT_ROLE,
    Agent,
    Channel,
    Location,
    Party,
    PartyKind,
    Provider,
    ProviderNumber,
)
from smslab.simulator.store import Store
from smslab.simulator.territories import checked_territory

ADMINISTRATOR = "administrator"
PhoneField = Literal["mobile_phone", "home_phone", "business_phone"]


class Administration:
    """The commands of an administrator. ``core`` holds the running parts of the instance."""

    def __init__(self, core: Core) -> None:
        self.core = core

    @property
    def journal(self) -> Journal:
        """What has happened so far."""
        return self.core.journal

    @property
    def clock(self) -> VirtualClock:
        """The virtual clock; it moves by :meth:`Instance.advance` only."""
        return self.core.clock

    @property
    def policy(self) -> Policy:
        """The settings in force."""
        return self.core.policy

    @property
    def store(self) -> Store:
        """The tables, to read."""
        return self.core.store

    @property
    def breaches(self) -> list[Breach]:
        """The invariants found broken so far, oldest first."""
        return self.core.breaches

    def add_location(
        self, name: str, parent: str | None = None, territory: str | None = None
    ) -> Location:
        """A location below ``parent`` (an id), with a phone territory or none of its own (N-3).

        Raises UnknownTerritory for a territory that is none, naming the nearest.
        """
        if territory is not None:
            checked_territory(territory)
        with self.core.command("add location", ADMINISTRATOR):
            return self.core.store.insert(
                Location(self.core.store.new_id("location"), name, parent, territory)
            )

    def change_location(self, location: str, **changes: str | None) -> Location:
        """Give a location another ``parent`` or ``territory``. Raises as :meth:`add_location`."""
        if changes.get("territory") is not None:
            checked_territory(str(changes["territory"]))
        with self.core.command("change location", ADMINISTRATOR):
            changed = self.core.store.update(self.core.store.locations[location], **changes)
        self.core.store.parties.reindex("number")
        return changed

    def add_party(self, kind: PartyKind, name: str, **fields: str | None) -> Party:
        """A consumer, contact or user; ``fields`` are further fields of the record."""
        with self.core.command(f"add {kind}", ADMINISTRATOR):
            return self.core.store.insert(
                Party(self.core.store.new_id(kind.value), kind, name, **fields)
            )

    def change_party(self, party: str, **changes: str | None) -> Party:
        """Change fields of a party's record: a phone number, the location, the linked user."""
        current = self.core.store.parties.get(party)
        if current is None:
            raise UnknownRecord(f"There is no party {party!r}.")
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
        found = self.core.store.channels.find("name", channel)
        if not found:
            raise UnknownRecord(f"There is no channel {channel!r}.")
        with self.core.command("configure channel", ADMINISTRATOR):
            return self.core.store.update(found[0], **changes)

    def add_provider(self, name: str, channel: str) -> Provider:
        """The carrier connection of a channel (by name)."""
        with self.core.command("add provider", ADMINISTRATOR):
            return self.core.store.insert(
                Provider(self.core.store.new_id("provider"), name, channel)
            )

    def add_provider_number(
        self, entry: str, provider: str, answered_by: str = "virtual agent"
    ) -> ProviderNumber:
        """A number of the company on a provider (by id), stored as E.164.

        Conversations that requesters begin there start with the ``virtual agent`` or in
        the ``queue`` (R-1). Raises Refused for a number that is none.
        """
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

    def refuse_messages_to(self, requester_number: str, error_code: str) -> None:
        """Let the provider refuse messages to a number with an error code (A-11)."""
        self.core.carrier.refusals[requester_number] = error_code

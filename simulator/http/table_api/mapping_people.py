"""People and places: consumers, contacts, users and agents, locations."""

from __future__ import annotations

from smslab.simulator.http.table_api.columns import ColumnType
from smslab.simulator.http.table_api.mapped import (
    ColumnMap,
    Source,
    TableMap,
    choice,
    choice_value,
    derived,
    flag,
    refers,
    text,
    whole,
)
from smslab.simulator.records import Agent, Record
from smslab.simulator.states import PartyKind, Presence
from smslab.simulator.store import Store


def user_name(record: object) -> str:
    """The name that a person logs in with: ``ana.lopez`` of Ana Lopez (our reading)."""
    return str(getattr(record, "name", "")).lower().replace(" ", ".")


_TABLE_OF_KIND = {
    PartyKind.CONSUMER: "csm_consumer",
    PartyKind.CONTACT: "customer_contact",
    PartyKind.USER: "sys_user",
}


def kind_of(store: Store, id: str) -> str:
    """The entity of a person's id: agent, or the kind of party."""
    party = store.parties.get(id)
    return "agent" if party is None else party.kind.value


def table_of_party(store: Store, id: str | None) -> str:
    """The table that a party is in, "" for nobody."""
    party = store.parties.get(id)
    return "" if party is None else _TABLE_OF_KIND[party.kind]


def _party(kind: PartyKind, class_name: str) -> Source:
    return Source(lambda store: store.parties, kind.value, lambda row: row.kind is kind, class_name)


_CONTACTS = _party(PartyKind.CONTACT, "customer_contact")
_AGENTS = Source(lambda store: store.agents, Agent.ENTITY, class_name="sys_user")

_PERSON = (
    text("name", "Name"),
    text("mobile_phone", "Mobile phone"),
    text("home_phone", "Home phone"),
)
_LOCATION = refers("location", "Location", "cmn_location", "location")
_LINKED = ColumnMap(
    "user", "User", ColumnType.REFERENCE, "linked_user", reference="sys_user", entity="user"
)
_NOTIFICATIONS = flag("x_smslab_update_notifications", "Update notifications")


def _named(store: Store, name: str) -> list[Record]:
    return [*store.parties.find("name", name), *store.agents.find("name", name)]


CONSUMERS = TableMap(
    "csm_consumer",
    "Consumer",
    "name",
    (*_PERSON, text("business_phone", "Business phone"), _LOCATION, _LINKED, _NOTIFICATIONS),
    (_party(PartyKind.CONSUMER, "csm_consumer"),),
    {"name": lambda store, name: store.parties.find("name", name)},
)

_USER_COLUMNS = (
    *_PERSON,
    text("phone", "Business phone", "business_phone"),
    _LOCATION,
    derived("user_name", "User ID", lambda store, row: user_name(row)),
    _NOTIFICATIONS,
)

CONTACTS = TableMap(
    "customer_contact",
    "Contact",
    "name",
    (
        *_USER_COLUMNS,
        ColumnMap(
            "x_smslab_linked_user",
            "User of the same person",
            ColumnType.REFERENCE,
            "linked_user",
            reference="sys_user",
            entity="user",
        ),
    ),
    (_CONTACTS,),
    {"name": lambda store, name: store.parties.find("name", name)},
)

USERS = TableMap(
    "sys_user",
    "User",
    "name",
    (
        *_USER_COLUMNS,
        text("roles", "Roles"),
        choice("x_smslab_presence", "Presence", Presence, "presence"),
        whole("x_smslab_sms_capacity", "Capacity for SMS"),
        whole("x_smslab_capacity", "Capacity"),
    ),
    # The table of contacts extends that of users, so contacts are users, too.
    (_party(PartyKind.USER, "sys_user"), _CONTACTS, _AGENTS),
    {"name": _named},
)


def _full_name(store: Store, row: object) -> str:
    names: list[str] = []
    place = getattr(row, "id", None)
    while place is not None and (found := store.locations.get(place)) and len(names) < 100:
        names.append(found.name)
        place = found.parent
    return "/".join(reversed(names))


LOCATIONS = TableMap(
    "cmn_location",
    "Location",
    "name",
    (
        text("name", "Name"),
        derived("full_name", "Full name", _full_name),
        refers("parent", "Parent", "cmn_location", "location"),
        ColumnMap(
            "phone_territory",
            "Phone territory",
            ColumnType.REFERENCE,
            "territory",
            reference="sys_phone_territory",
            entity="territory",
        ),
    ),
    (Source(lambda store: store.locations, "location"),),
    {"name": lambda store, name: store.locations.find("name", name)},
)

PEOPLE = (CONSUMERS, CONTACTS, USERS, LOCATIONS)
PRESENCES = {choice_value(presence): presence for presence in Presence}

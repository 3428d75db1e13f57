"""The two validation endpoints (domain.md sections 3 and 4).

Their paths are documented. Their method, parameters and answers are not (N-8, P-9): those
are our own contract, which ``openapi.json`` marks as such.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from smslab.simulator.http.bodies import read_json
from smslab.simulator.http.codec import Decoder, decoder, object_of
from smslab.simulator.http.errors import ApiError, answer
from smslab.simulator.http.references import TABLE_OF, References, sys_id
from smslab.simulator.http.world import World
from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.profiles import Standing, reassignment_warning
from smslab.simulator.records import SMS, Party

PATH = "/api/now/initiate_message"
LONGEST_ENTRY = 1_000
"""The longest entry that is looked at, in characters: it holds up whoever asks next."""

_TEXT = decoder(str)
_TEXT_OR_NULL = decoder(str | None)
_NUMBER: Decoder = object_of(
    {"phone_number": _TEXT, "user_table": _TEXT_OR_NULL, "user_document": _TEXT_OR_NULL},
    ["phone_number"],
)
_PROFILE: Decoder = object_of(
    {
        "channel_user_id": _TEXT,
        "user_table": _TEXT,
        "user_document": _TEXT,
        "inbound_id": _TEXT_OR_NULL,
        "channel": _TEXT_OR_NULL,
    },
    ["channel_user_id", "user_table", "user_document"],
)


class Validation:
    """The endpoints on a world."""

    def __init__(self, world: World, references: References) -> None:
        self._world = world
        self._references = references

    def routes(self) -> list[Route]:
        """Both routes."""
        return [
            Route(f"{PATH}/validate_phone_number", self.phone_number, methods=["POST"]),
            Route(f"{PATH}/validate_profile", self.profile, methods=["POST"]),
        ]

    async def phone_number(self, request: Request) -> Response:
        """A number as entered, converted for a party or for an unknown person (N-1 to N-8)."""
        wish = _NUMBER(await read_json(request), "")
        entry = wish["phone_number"]
        if len(entry) > LONGEST_ENTRY:
            raise ApiError(
                400, "phone_number is too long", f"It may have {LONGEST_ENTRY} characters."
            )
        party = self._party(wish)
        found = self._world.instance.validate_phone_number(entry, party.id if party else None)
        return answer({"result": _number(entry, found)})

    def _party(self, wish: dict[str, Any]) -> Party | None:
        table, document = wish.get("user_table"), wish.get("user_document")
        if table is None and document is None:
            return None
        if table is None or document is None:
            raise ApiError(400, "user_table and user_document come together, or not at all")
        return self._references.party(table, document)

    async def profile(self, request: Request) -> Response:
        """Whose a number is, seen from a party (P-9)."""
        wish = _PROFILE(await read_json(request), "")
        party = self._references.party(wish["user_table"], wish["user_document"])
        if wish.get("channel") not in (None, SMS):
            raise ApiError(400, "There is no such channel", f"Profiles are validated on {SMS}.")
        instance, number = self._world.instance, wish["channel_user_id"]
        found = instance.validate_profile(number, party.id, wish.get("inbound_id"))
        return answer({"result": self._standing(number, party, found)})

    def _standing(self, number: str, party: Party, found: Standing) -> dict[str, Any]:
        profile = found.profile
        owner = self._world.instance.store.parties.get(found.owner)
        return {
            "standing": found.standing.value,
            "channel_user_id": number,
            "warns": owner is not None and found.standing.value == "other",
            "message": _message(number, party, found),
            "profile": {"sys_id": sys_id(profile), "id": profile.id} if profile else None,
            "owner": _owner(owner) if owner else None,
            "owner_name": found.owner_name,
        }


def _number(entry: str, found: PhoneNumber | NumberRefusal) -> dict[str, Any]:
    if isinstance(found, NumberRefusal):
        return {
            "valid": False,
            "entry": entry,
            "e164": None,
            "territory": None,
            "converted": False,
            "rule": found.rule,
            "reason": found.reason,
        }
    return {
        "valid": True,
        "entry": entry,
        "e164": found.e164,
        "territory": found.territory,
        "converted": found.converted,
        "rule": found.rule,
        "reason": None,
    }


def _owner(owner: Party) -> dict[str, Any]:
    return {
        "user_table": TABLE_OF[owner.kind],
        "user_document": sys_id(owner),
        "id": owner.id,
        "name": owner.name,
    }


def _message(number: str, party: Party, found: Standing) -> str | None:
    """What the agent is told (P-2), None where nothing is."""
    if found.standing.value != "other":
        return None
    return reassignment_warning(number, found.owner_name, party.name)

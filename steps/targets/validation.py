"""What the two validation endpoints are asked and answer (domain.md sections 3 and 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from smslab.simulator.decision_table import NumberStanding
from smslab.simulator.http.references import TABLE_OF
from smslab.simulator.http.validation import PATH
from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.profiles import Standing
from smslab.simulator.store import Store
from smslab.steps.targets.protocol import TargetFailed

NUMBER_PATH = f"{PATH}/validate_phone_number"
PROFILE_PATH = f"{PATH}/validate_profile"


def number_question(store: Store, entry: str, party: str | None) -> dict[str, Any]:
    """The question for a number as entered, for a party (an id) or an unknown person."""
    return {"phone_number": entry} | (_party(store, party) if party is not None else {})


def phone_number_in(found: Mapping[str, Any]) -> PhoneNumber | NumberRefusal:
    """The number, or its refusal, that was answered."""
    with _as_published(NUMBER_PATH):
        if found["valid"]:
            return PhoneNumber(found["e164"], found["territory"], found["converted"], found["rule"])
        return NumberRefusal(found["entry"], found["rule"], found["reason"])


def profile_question(
    store: Store, number: str, party: str, provider_number: str | None
) -> dict[str, Any]:
    """The question whose a number is, seen from a party (an id)."""
    return {"channel_user_id": number, "inbound_id": provider_number, **_party(store, party)}


def standing_in(
    found: Mapping[str, Any], store: Store, id_of: Callable[[str], str | None] | None = None
) -> Standing:
    """Whose the number is, as it was answered; ``id_of`` gives ids here by sys_ids there."""
    with _as_published(PROFILE_PATH):
        profile, owner = found["profile"], found["owner"]
        profile_id, owner_id = profile and profile["id"], owner and owner["id"]
        if id_of is not None:
            profile_id = profile and id_of(profile["sys_id"])
            owner_id = owner and id_of(owner["user_document"])
        return Standing(
            NumberStanding(found["standing"]),
            store.profiles.get(profile_id),
            owner_id,
            found["owner_name"],
        )


@contextmanager
def _as_published(path: str) -> Iterator[None]:
    """Raise TargetFailed for an answer that is not as our contract has it."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise TargetFailed(
            f"The target answers {path} in a way of its own ({error}); /openapi.json of smslab "
            "serve says what is understood."
        ) from None


def _party(store: Store, party: str) -> dict[str, str]:
    return {"user_table": TABLE_OF[store.parties[party].kind], "user_document": party}

"""The two validation endpoints (domain.md sections 3 and 4)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.http.asking import ANA, ANAS, BEN, BENS, COMPANY, Served, problem

NUMBER = "/api/now/initiate_message/validate_phone_number"
PROFILE = "/api/now/initiate_message/validate_profile"


def validated(served: Served, entry: str, **party: str) -> Any:
    return served.told(NUMBER, phone_number=entry, **party)["result"]


def standing(served: Served, number: str, document: str, **further: str) -> Any:
    wish = {"channel_user_id": number, "user_table": "csm_consumer", "user_document": document}
    return served.told(PROFILE, **wish, **further)["result"]


def test_a_number_in_e164_is_accepted_unchanged(served: Served) -> None:
    found = validated(served, ANAS)
    assert (found["valid"], found["e164"], found["converted"]) == (True, ANAS, False)
    assert (found["rule"], found["territory"], found["reason"]) == ("N-1", "DE", None)


@pytest.mark.parametrize("document", [ANA, "consumer-1"])
def test_national_entry_is_read_in_the_territory_of_the_party(
    served: Served, document: str
) -> None:
    found = validated(served, "0151 23456789", user_table="csm_consumer", user_document=document)
    assert (found["e164"], found["rule"], found["entry"]) == (ANAS, "N-2", "0151 23456789")


def test_a_number_that_is_none_is_refused_with_its_rule(served: Served) -> None:
    found = validated(served, "0151 CALL ME")
    assert (found["valid"], found["e164"], found["territory"]) == (False, None, None)
    assert found["rule"] == "N-5"
    assert "letter" in found["reason"]


def test_whose_a_number_is(served: Served) -> None:
    free = standing(served, ANAS, ANA)
    assert (free["standing"], free["warns"], free["profile"]) == ("free", False, None)
    served.told("/control/agents/Bill/send", party="Ana", message="Hi")
    own = standing(served, ANAS, ANA, channel="SMS", inbound_id=COMPANY)
    assert (own["standing"], own["warns"], own["message"]) == ("own", False, None)
    other = standing(served, ANAS, BEN)
    assert (other["standing"], other["warns"]) == ("other", True)
    assert other["message"].startswith(f"{ANAS} is currently associated with Ana.")
    assert other["owner"] == {
        "user_table": "csm_consumer",
        "user_document": ANA,
        "id": "consumer-1",
        "name": "Ana",
    }
    assert other["profile"]["id"] == "profile-1"


def test_a_guests_number(served: Served) -> None:
    stranger = "+4915123456781"
    served.command("requester_texts", requester_number=stranger, provider_number=COMPANY, body="Hi")
    guest = standing(served, stranger, ANA)
    assert (guest["standing"], guest["owner"], guest["owner_name"]) == ("guest", None, "guest")
    assert standing(served, BENS, ANA)["standing"] == "free"


def test_looking_changes_nothing(served: Served) -> None:
    before = served.world.mark()
    validated(served, ANAS)
    standing(served, ANAS, ANA)
    assert served.world.mark() == before


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (NUMBER, {}, 400),
        (NUMBER, {"phone_number": 5}, 400),
        (NUMBER, {"phone_number": "1" * 1_001}, 400),
        (NUMBER, {"phone_nummer": "1"}, 400),
        (NUMBER, {"phone_number": "1", "user_table": "sys_user"}, 400),
        (NUMBER, {"phone_number": "1", "user_table": "incident", "user_document": ANA}, 400),
        (NUMBER, {"phone_number": "1", "user_table": "sys_user", "user_document": ANA}, 404),
        (NUMBER, {"phone_number": "1", "user_table": "sys_user", "user_document": ""}, 404),
        (PROFILE, {"channel_user_id": ANAS}, 400),
        (
            PROFILE,
            {
                "channel_user_id": ANAS,
                "user_table": "csm_consumer",
                "user_document": ANA,
                "channel": "fax",
            },
            400,
        ),
    ],
)
def test_what_cannot_be_validated_is_an_error_that_says_why(
    served: Served, path: str, body: dict[str, Any], status: int
) -> None:
    assert problem(served.post(path, json=body), status)["message"]


@pytest.mark.parametrize("path", [NUMBER, PROFILE])
def test_the_other_spelling_and_other_methods_are_not_there(served: Served, path: str) -> None:
    other = path.replace("_", "")
    assert "initiatemessage" in other
    problem(served.post(other, json={"phone_number": ANAS}), 404)
    problem(served.get(path), 405)


def test_a_reset_instance_is_another_one(served: Served) -> None:
    validated(served, "0151 23456789", user_table="csm_consumer", user_document=ANA)
    served.told("/control/reset")
    wish = {"phone_number": "1", "user_table": "csm_consumer", "user_document": ANA}
    problem(served.post(NUMBER, json=wish), 404)

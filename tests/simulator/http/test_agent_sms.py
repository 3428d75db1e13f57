"""The scripted REST resource for an agent's SMS."""

from __future__ import annotations

from typing import Any

import pytest

from smslab.simulator.http.auth.accounts import Accounts, User
from smslab.simulator.http.settings import Settings
from smslab.simulator.http.table_api.mapped import sys_id_of
from tests.simulator.http.asking import ANA, ANAS, BEN, COMPANY, Served, problem
from tests.simulator.http.asking import served as serving

PATH = "/api/x_smslab/agent_sms"
TO_ANA = {"agent": "Bill", "user_table": "csm_consumer", "user_document": ANA, "message": "Hi"}
TO_BEN = {**TO_ANA, "user_document": BEN, "send_to": ANAS}


def result(served: Served, act: str, **wish: Any) -> Any:
    return served.told(f"{PATH}/{act}", **wish)["result"]


def test_a_send_tells_the_row_the_interaction_and_the_message(served: Served) -> None:
    sent = result(served, "send", **TO_ANA)
    assert (sent["status"], sent["row"], sent["number_row"]) == ("sent", "A-1", "P-9")
    assert (sent["send_to"], sent["send_from"]) == (ANAS, COMPANY)
    assert sent["interaction"] == {
        "number": "IMS0000001",
        "sys_id": sys_id_of("interaction", "IMS0000001"),
    }
    assert sent["message"]["state"] == "sent"
    assert sent["message"]["sid"].startswith("SM")
    assert (sent["refusal"], sent["error_code"], sent["warning"]) == (None, None, None)


def test_a_number_of_somebody_else_is_warned_of_then_taken(served: Served) -> None:
    result(served, "send", **TO_ANA)
    before = served.world.instance.store.snapshot()
    assert result(served, "preview", **TO_BEN)["status"] == "previewed"
    warned = result(served, "send", **TO_BEN)
    assert (warned["status"], warned["row"], warned["message"]) == ("warned", "A-4", None)
    assert "currently associated with Ana" in warned["warning"]
    assert result(served, "decline", **TO_BEN)["status"] == "declined"
    assert served.world.instance.store.snapshot() == before
    assert result(served, "send", **TO_BEN, confirmed=True)["status"] == "sent"


def test_a_refusal_is_an_outcome(served: Served) -> None:
    refused = result(served, "send", **TO_ANA, send_from="+4989123456")
    assert (refused["status"], refused["refusal"]["rule"]) == ("refused", "A-10")
    assert (refused["row"], refused["interaction"]) == (None, None)


def test_an_error_of_the_carrier_is_told(served: Served) -> None:
    served.told("/control/faults", number=ANAS, refused_with="21610")
    sent = result(served, "send", **TO_ANA)
    assert (sent["status"], sent["error_code"]) == ("sent", "21610")
    assert sent["message"]["state"] == "failed"


@pytest.mark.parametrize("by", ["number", "sys_id"])
def test_a_reply_to_an_interaction(served: Served, by: str) -> None:
    told = served.command("open_interaction", type="phone", parties=["consumer-1"])
    id = told["result"]["id"]
    word = id if by == "number" else sys_id_of("interaction", id)
    sent = result(served, "send", agent="agent-2", interaction=word, message="Hi")
    assert (sent["status"], sent["send_to"]) == ("sent", ANAS)


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({}, 400),
        ({"message": "Hi"}, 400),
        ({**TO_ANA, "user_table": None}, 400),
        ({**TO_ANA, "agent": "Dora"}, 404),
        ({**TO_ANA, "interaction": "IMS7"}, 404),
        ({**TO_ANA, "user_document": "x"}, 404),
        ({**TO_ANA, "confirmed": "yes"}, 400),
        ({**TO_ANA, "mesage": "Hi"}, 400),
        ({**TO_ANA, "attachments": "a.png"}, 400),
    ],
)
@pytest.mark.parametrize("act", ["preview", "send", "decline"])
def test_a_wish_that_cannot_be_changes_nothing(
    served: Served, act: str, wish: dict[str, Any], status: int
) -> None:
    before = served.world.mark()
    assert problem(served.post(f"{PATH}/{act}", json=wish), status)["message"]
    assert served.world.mark() == before


def test_who_signed_in_is_the_agent_unless_told() -> None:
    user = User("Bill", "secret", frozenset({"agent_workspace_user"}))
    settings = Settings(demo=True, accounts=Accounts({"Bill": user}))
    wish = {key: value for key, value in TO_ANA.items() if key != "agent"}
    with serving(settings, authorization="Basic QmlsbDpzZWNyZXQ=") as signed_in:
        assert result(signed_in, "send", **wish)["status"] == "sent"
        (message,) = signed_in.world.instance.store.messages
        assert message.author == "agent-1"


def test_an_agent_who_signs_in_need_not_be_named() -> None:
    accounts = Accounts({"bill": User("bill", "x", frozenset({"agent_workspace_user"}))})
    with serving(Settings(demo=True, accounts=accounts)) as served:
        wish = {key: value for key, value in TO_ANA.items() if key != "agent"}
        sent = served.post(f"{PATH}/send", json=wish, auth=("bill", "x"))
        assert sent.json()["result"]["status"] == "sent"
        (interaction,) = served.world.instance.store.interactions
        assert interaction.assigned_to == "agent-1"

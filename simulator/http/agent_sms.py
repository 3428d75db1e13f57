"""The scripted REST resource that sends an agent's SMS: ours, since none is documented (A-11).

A company that runs the features against an instance of its own installs a resource with this
contract (``openapi.json``) there; its address is configuration.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from smslab.simulator.http.auth.roles import ADMIN
from smslab.simulator.http.bodies import read_json
from smslab.simulator.http.codec import Decoder, decoder, object_of
from smslab.simulator.http.errors import ApiError, answer
from smslab.simulator.http.references import References, sys_id
from smslab.simulator.http.world import World
from smslab.simulator.outcomes import SendOutcome
from smslab.simulator.records import Record
from smslab.simulator.sending import SendRequest

PATH = "/api/x_smslab/agent_sms"

_TEXT = decoder(str | None)
_WISH: Decoder = object_of(
    {
        "agent": _TEXT,
        "interaction": _TEXT,
        "user_table": _TEXT,
        "user_document": _TEXT,
        "send_to": _TEXT,
        "send_from": _TEXT,
        "message": decoder(str),
        "attachments": decoder(tuple[str, ...]),
        "confirmed": decoder(bool),
    },
    ["message"],
)


class AgentSms:
    """The resource on a world."""

    def __init__(self, world: World, references: References) -> None:
        self._world = world
        self._references = references

    def routes(self) -> list[Route]:
        """Its three routes."""
        return [
            Route(f"{PATH}/send", self.send, methods=["POST"]),
            Route(f"{PATH}/preview", self.preview, methods=["POST"]),
            Route(f"{PATH}/decline", self.decline, methods=["POST"]),
        ]

    async def preview(self, request: Request) -> Response:
        """What sending would do."""
        wish = _WISH(await read_json(request), "")
        return self._told(self._world.run("preview", request=self._request(request, wish)))

    async def send(self, request: Request) -> Response:
        """Send, or warn where the number is another party's and ``confirmed`` is not true."""
        wish = _WISH(await read_json(request), "")
        confirmed = wish.get("confirmed", False)
        asked_for = self._request(request, wish)
        return self._told(self._world.run("send", request=asked_for, confirmed=confirmed))

    async def decline(self, request: Request) -> Response:
        """The agent reads the warning and does not send."""
        wish = _WISH(await read_json(request), "")
        return self._told(self._world.run("decline", request=self._request(request, wish)))

    def _request(self, request: Request, wish: dict[str, Any]) -> SendRequest:
        table, document = wish.get("user_table"), wish.get("user_document")
        if (table is None) != (document is None):
            raise ApiError(400, "user_table and user_document come together, or not at all")
        found, references = wish.get("interaction"), self._references
        if found is None and table is None:
            raise ApiError(400, "Say whom to write to", "By interaction, or by user_document.")
        agent = wish.get("agent") or request.scope.get("smslab.user", ADMIN)
        return SendRequest(
            agent=references.agent(agent).id,
            body=wish["message"],
            party=references.party(table, document).id if table and document else None,
            interaction=references.interaction(found).id if found else None,
            send_to=wish.get("send_to"),
            send_from=wish.get("send_from"),
            attachments=wish.get("attachments", ()),
        )

    def _told(self, outcome: SendOutcome) -> Response:
        assessed, refusal = outcome.assessment, outcome.refusal
        store = self._world.instance.store
        interaction = store.interactions.get(outcome.interaction)
        message = store.messages.get(outcome.message)
        return answer(
            {
                "result": {
                    "status": outcome.status,
                    "row": assessed.decision.row.id if assessed else None,
                    "number_row": assessed.decision.number_row.id if assessed else None,
                    "warning": assessed.warning if assessed else None,
                    "send_to": assessed.number if assessed else None,
                    "send_from": assessed.provider_number if assessed else None,
                    "interaction": _named(interaction) if interaction else None,
                    "message": (
                        {**_named(message), "state": message.state, "sid": message.provider_id}
                        if message
                        else None
                    ),
                    "error_code": outcome.error_code,
                    "refusal": (
                        {"rule": refusal.rule, "reason": refusal.reason} if refusal else None
                    ),
                }
            }
        )


def _named(record: Record) -> dict[str, Any]:
    return {"number": record.id, "sys_id": sys_id(record)}

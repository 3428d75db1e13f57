"""The carrier's webhook: a requester's text arrives as a signed form (domain.md section 6)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from smslab.simulator.http.auth.accounts import CarrierAccount
from smslab.simulator.http.bodies import read_form_fields
from smslab.simulator.http.carrier.signatures import HEADER, is_signed
from smslab.simulator.http.e164 import check_e164
from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.world import World

PATH = "/api/sn_va_sms_twilio/message"
_NO_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
_MOST_MEDIA = 10


class Webhook:
    """The endpoint on a world.

    Signatures are made over ``public_url`` and the path where the server is asked under
    another name than its own, else over the address of the request.
    """

    def __init__(self, world: World, account: CarrierAccount, public_url: str | None) -> None:
        self._world = world
        self._account = account
        self._public_url = public_url

    def routes(self) -> list[Route]:
        """The route."""
        return [Route(PATH, self.message, methods=["POST"])]

    async def message(self, request: Request) -> Response:
        """A text arrives; that it is answered says only that it was taken."""
        pairs = await read_form_fields(request)
        fields = dict(pairs)
        self._check_signature(request, pairs, fields.get("To", ""))
        for name in ("From", "To"):
            check_e164(name, fields.get(name))
        if "Body" not in fields:
            raise ApiError(400, "Body is missing")
        self._world.run(
            "requester_texts",
            requester_number=fields["From"],
            provider_number=fields["To"],
            body=fields["Body"],
            provider_id=fields.get("MessageSid") or None,
            attachments=_media(fields),
        )
        return Response(_NO_ANSWER, media_type="text/xml")

    def _check_signature(
        self, request: Request, pairs: list[tuple[str, str]], provider_number: str
    ) -> None:
        token = self._account.token_of(provider_number)
        given = request.headers.get(HEADER, "")
        if not is_signed(token, self._url(request), pairs, given):
            raise ApiError(403, "The signature is wrong", f"{HEADER} is not that of this form.")

    def _url(self, request: Request) -> str:
        if self._public_url is None:
            return str(request.url)
        query = request.url.query
        return f"{self._public_url.rstrip('/')}{PATH}{'?' if query else ''}{query}"


def _media(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses of the media of a message."""
    text = fields.get("NumMedia", "") or "0"
    if not (text.isascii() and text.isdecimal()) or len(text) > 2 or int(text) > _MOST_MEDIA:
        raise ApiError(400, f"NumMedia must be a whole number from 0 to {_MOST_MEDIA}")
    names = [f"MediaUrl{place}" for place in range(int(text))]
    missing = next((name for name in names if not fields.get(name)), None)
    if missing:
        raise ApiError(400, f"{missing} is missing", f"NumMedia is {text}.")
    return tuple(fields[name] for name in names)

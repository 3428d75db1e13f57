"""Connections: what comes on one that is no HTTP is answered in the documented form, and in time.

The server's own protocol answers such requests in plain text, cuts off clients that are still
sending, and waits for the head of a request for ever.
"""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus
from typing import Any

import h11
from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from smslab.simulator.http.errors import failure

HEAD_PATIENCE = 30.0
"""How long the head of a request may take to come, in seconds."""

GOODBYE = 2.0
"""How long what still comes from a client is thrown away, so that it reads its answer."""

_MESSAGES = {
    408: "The head of the request did not come in time",
    431: "The head of the request is too large",
}


class Connection(H11Protocol):
    """One connection of a client."""

    _timer: asyncio.TimerHandle | None = None
    _is_leaving = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request, but not for ever."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take in what came; in a request that has begun, time counts from its first byte."""
        if self._is_leaving:
            return
        super().data_received(data)
        if self._is_between_requests():
            self._wait()
        elif not self._is_leaving:
            self._wait_no_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, with the status that fits what is wrong with it."""
        error = sys.exception()
        status = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        what = str(error).partition(": bytearray")[0] if error else None
        self._refuse(failure(status, _MESSAGES.get(status, msg), what))

    def _is_between_requests(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _wait(self) -> None:
        if self._timer is None and not self._is_leaving:
            self._timer = self.loop.call_later(HEAD_PATIENCE, self._give_up)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        """End a connection on which no whole request came."""
        begun, _ = self.conn.trailing_data
        if begun:
            self._refuse(failure(408, _MESSAGES[408]))
        else:
            self.transport.close()

    def _refuse(self, answered: Response) -> None:
        """Answer, and close the connection as soon as the client can have read it."""
        self._is_leaving = True
        self._wait_no_more()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        if self.cycle is not None:  # whoever answers the request meanwhile is too late
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        status = answered.status_code
        headers = [*answered.raw_headers, (b"connection", b"close")]
        events: list[Any] = [
            h11.Response(status_code=status, headers=headers, reason=HTTPStatus(status).phrase),
            h11.Data(data=bytes(answered.body)),
            h11.EndOfMessage(),
        ]
        for event in events:
            self.transport.write(self.conn.send(event) or b"")
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._timer = self.loop.call_later(GOODBYE, self.transport.close)

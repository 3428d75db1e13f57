"""Status callbacks: every new state of a message, as a signed form, to where its sender wants it.

Those of one message go out one after the other. They go to this machine and to the hosts that
the server was told, so that the address in a request cannot make it ask others.
"""

from __future__ import annotations

import asyncio
import ipaddress
from contextlib import suppress
from urllib.parse import urlsplit

import httpx

from smslab.simulator.http.auth.accounts import CarrierAccount
from smslab.simulator.http.carrier.ledger import Posted
from smslab.simulator.http.carrier.problems import Problem
from smslab.simulator.http.carrier.resources import VERSION
from smslab.simulator.http.carrier.signatures import HEADER, signature

_PATIENCE = 10.0
_MOST = 1_000
_LONGEST = 2_000


class Callbacks:
    """Posts the callbacks of a server; silent until it is told to begin."""

    def __init__(self, account: CarrierAccount, hosts: frozenset[str]) -> None:
        self._account = account
        self._hosts = hosts
        self._posts = False
        self._client: httpx.AsyncClient | None = None
        self._last: dict[str, asyncio.Task[None]] = {}

    def check(self, url: str) -> None:
        """Raise Problem for an address that callbacks do not go to."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise Problem("21609", "It is no address.") from None
        if parts.scheme not in ("http", "https") or not host or len(url) > _LONGEST:
            raise Problem("21609", "It must be http or https.")
        if not url.isascii() or any(ord(each) <= 32 for each in url):
            raise Problem("21609", "It holds characters that an address has not.")
        if host not in self._hosts and not _is_loopback(host):
            raise Problem("21609", f"Let it with --callbacks-to {host}.")

    async def begin(self) -> None:
        """Post from now on."""
        self._posts = True

    async def end(self) -> None:
        """Post no more; what is under way is given up."""
        tasks = list(self._last.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._posts = False
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def settled(self) -> None:
        """Wait until what is under way has arrived, or was given up."""
        while self._last:
            await asyncio.wait(list(self._last.values()))

    def tell(self, posted: Posted) -> None:
        """Report the state of a message where it is to be reported."""
        if not self._posts or posted.callback is None or len(self._last) >= _MOST:
            return
        if self._client is None:  # it is not made for nothing: that takes long
            self._client = httpx.AsyncClient(timeout=_PATIENCE, trust_env=False)
        before = self._last.get(posted.sid)
        task = asyncio.get_running_loop().create_task(self._post(self._client, posted, before))
        self._last[posted.sid] = task
        task.add_done_callback(lambda done: self._forget(posted.sid, done))

    def _forget(self, sid: str, done: asyncio.Task[None]) -> None:
        if self._last.get(sid) is done:
            del self._last[sid]

    async def _post(
        self, client: httpx.AsyncClient, posted: Posted, before: asyncio.Task[None] | None
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
        url = posted.callback or ""
        form = _form(posted, self._account.sid)
        signed = signature(self._account.token_of(posted.sender), url, form.items())
        with suppress(httpx.HTTPError, httpx.InvalidURL):
            await client.post(url, data=form, headers={HEADER: signed})


def _form(posted: Posted, account: str) -> dict[str, str]:
    form = {
        "AccountSid": account,
        "ApiVersion": VERSION,
        "From": posted.sender,
        "MessageSid": posted.sid,
        "MessageStatus": posted.state.value,
        "SmsSid": posted.sid,
        "SmsStatus": posted.state.value,
        "To": posted.to,
    }
    return {**form, "ErrorCode": posted.error_code} if posted.error_code else form


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

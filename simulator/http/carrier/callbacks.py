"""Status callbacks: every new state of a message, as a signed form, to where its sender wants it.

Those of one message go out one after the other, each once: one that is not taken is not
repeated, and what was wrong is logged. A redirect is not followed, and what is answered is not
read. A slow receiver holds up no other, and gets few at once, because many a receiver is a
small one for tests. They go to this machine and to the hosts that the server was told, so that
the address in a request cannot make it ask others.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import httpx

from smslab.simulator.http.auth.accounts import CarrierAccount
from smslab.simulator.http.carrier.ledger import Posted
from smslab.simulator.http.carrier.problems import Problem
from smslab.simulator.http.carrier.resources import VERSION
from smslab.simulator.http.carrier.signatures import HEADER, signature

_LOG = logging.getLogger("smslab.callbacks")
_PATIENCE = 10.0
_AT_ONCE = 5
_LONGEST = 2_000
_NO_LIMITS = httpx.Limits(max_connections=None)


@dataclass(slots=True)
class _Receiver:
    """Who takes callbacks: the messages that wait for their turn, and who posts at the moment."""

    turns: deque[str] = field(default_factory=deque)
    posting: set[asyncio.Task[None]] = field(default_factory=set)
    is_failing: bool = False


class Callbacks:
    """Posts the callbacks of a server; silent until it is told to begin.

    ``patience`` is how long a receiver may take for one, in seconds.
    """

    def __init__(
        self, account: CarrierAccount, hosts: frozenset[str], patience: float = _PATIENCE
    ) -> None:
        self._account = account
        self._hosts = hosts
        self._patience = patience
        self._posts = False
        self._client: httpx.AsyncClient | None = None
        self._untold: dict[str, deque[Posted]] = {}
        self._receivers: dict[str, _Receiver] = {}

    def check(self, url: str) -> None:
        """Raise Problem for an address that callbacks do not go to."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
            asked = httpx.URL(url).host
        except (ValueError, httpx.InvalidURL):
            raise Problem("21609", "It is no address.") from None
        if len(url) > _LONGEST:
            raise Problem("21609", f"It is longer than {_LONGEST} characters.")
        if parts.scheme not in ("http", "https") or not host:
            raise Problem("21609", "It must be http or https.")
        if not url.isascii() or any(ord(each) <= 32 for each in url):
            raise Problem("21609", "It holds characters that an address has not.")
        if host != asked:
            raise Problem("21609", "Its host is not clear.")
        if host not in self._hosts and not _is_loopback(host):
            raise Problem("21609", f"Let it with --callbacks-to {host}.")

    async def begin(self) -> None:
        """Post from now on."""
        self._posts = True

    async def end(self) -> None:
        """Post no more; what is under way is given up."""
        self._posts = False
        posting = self._posting()
        self._receivers.clear()
        self._untold.clear()
        for task in posting:
            task.cancel()
        await asyncio.gather(*posting, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def settled(self) -> None:
        """Wait until what is under way has arrived, or was given up."""
        while posting := self._posting():
            await asyncio.wait(posting)

    def _posting(self) -> list[asyncio.Task[None]]:
        return [task for receiver in self._receivers.values() for task in receiver.posting]

    def tell(self, posted: Posted) -> None:
        """Report the state of a message where it is to be reported."""
        if not self._posts or posted.callback is None:
            return
        if posted.sid in self._untold:
            self._untold[posted.sid].append(posted)
            return
        self._untold[posted.sid] = deque([posted])
        name = _name_of_receiver(posted.callback)
        receiver = self._receivers.setdefault(name, _Receiver())
        receiver.turns.append(posted.sid)
        if len(receiver.posting) < _AT_ONCE:
            posting = self._post_in_turn(name, receiver)
            task = asyncio.get_running_loop().create_task(posting)
            receiver.posting.add(task)
            task.add_done_callback(receiver.posting.discard)

    async def _post_in_turn(self, name: str, receiver: _Receiver) -> None:
        """Post for one message after the other, of each one state, until nothing is left."""
        if self._client is None:  # it is not made for nothing: that takes long
            self._client = httpx.AsyncClient(timeout=None, limits=_NO_LIMITS, trust_env=False)
        while receiver.turns:
            sid = receiver.turns.popleft()
            untold = self._untold[sid]
            wrong = await self._post(self._client, untold[0])
            if wrong is not None and not receiver.is_failing:
                _LOG.warning("Status callbacks to %s fail: %s", name, wrong)
            receiver.is_failing = wrong is not None
            untold.popleft()
            if untold:
                receiver.turns.append(sid)
            else:
                del self._untold[sid]
        if task := asyncio.current_task():  # not only once it is done: others begin meanwhile
            receiver.posting.discard(task)

    async def _post(self, client: httpx.AsyncClient, posted: Posted) -> str | None:
        """Post one state; what was wrong, if anything."""
        url = _as_asked(posted.callback or "")
        form = _form(posted, self._account.sid)
        signed = signature(self._account.token_of(posted.sender), url, form.items())
        try:
            async with (
                asyncio.timeout(self._patience),
                client.stream("POST", url, data=form, headers={HEADER: signed}) as answered,
            ):
                return None if answered.is_success else f"it answered {answered.status_code}"
        except TimeoutError:
            return f"it did not answer within {self._patience:g} seconds"
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return str(error) or type(error).__name__


def _as_asked(url: str) -> str:
    """An address as it is asked and signed: with a path, and without a fragment."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path or "/", fragment=""))


def _name_of_receiver(url: str) -> str:
    """Who takes callbacks, without the password that the address may hold."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


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

"""Messages as Twilio's API shows them: those of the API, and those of the instance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from smslab.simulator.http.carrier.ledger import Ledger, Posted
from smslab.simulator.http.carrier.problems import MEANINGS
from smslab.simulator.records import Message
from smslab.simulator.states import Direction
from smslab.simulator.store import Store

VERSION = "2010-04-01"


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, whosever it is."""

    sid: str
    to: str
    sender: str
    body: str
    direction: str
    state: str
    created: datetime
    updated: datetime
    segments: int
    media: int
    error_code: str | None

    @property
    def sent(self) -> datetime | None:
        """When it was sent, None while it waits."""
        return None if self.state == "queued" else self.updated

    def as_json(self, account: str) -> dict[str, Any]:
        """The resource in an account."""
        uri = f"/{VERSION}/Accounts/{account}/Messages/{self.sid}"
        return {
            "account_sid": account,
            "api_version": VERSION,
            "body": self.body,
            "date_created": format_datetime(self.created),
            "date_sent": format_datetime(self.sent) if self.sent else None,
            "date_updated": format_datetime(self.updated),
            "direction": self.direction,
            "error_code": int(self.error_code) if self.error_code else None,
            "error_message": MEANINGS.get(self.error_code) if self.error_code else None,
            "from": self.sender,
            "messaging_service_sid": None,
            "num_media": str(self.media),
            "num_segments": str(self.segments),
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.state,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": self.to,
            "uri": f"{uri}.json",
        }


def of_api(posted: Posted) -> Shown:
    """A message that was sent through the API."""
    return Shown(
        posted.sid,
        posted.to,
        posted.sender,
        posted.body,
        "outbound-api",
        posted.state.value,
        posted.created,
        posted.updated,
        posted.segments,
        len(posted.media),
        posted.error_code,
    )


def of_instance(message: Message) -> Shown | None:
    """A message of the instance; None where the carrier has given it no SID."""
    if message.provider_id is None:
        return None
    is_inbound = message.direction is Direction.INBOUND
    line = (message.requester_number, message.provider_number)
    sender, to = line if is_inbound else line[::-1]
    return Shown(
        message.provider_id,
        to,
        sender,
        message.body,
        "inbound" if is_inbound else "outbound-api",
        message.state.value,
        message.at,
        message.at,
        message.segments or 1,
        len(message.attachments),
        message.error_code,
    )


def find(store: Store, ledger: Ledger, sid: str) -> Shown | None:
    """The message of a SID, or None."""
    if sid in ledger.messages:
        return of_api(ledger.messages[sid])
    known = store.messages.find("provider_id", sid)
    return of_instance(known[0]) if known else None


def every(store: Store, ledger: Ledger) -> Iterator[Shown]:
    """Every message, the newest first; of those made at one time, the last that was made."""
    shown = [each for message in store.messages if (each := of_instance(message))]
    shown += [of_api(posted) for posted in ledger.messages.values()]
    shown.sort(key=lambda each: each.created)
    yield from reversed(shown)

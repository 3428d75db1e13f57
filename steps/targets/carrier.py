"""The carrier's part of a run: requesters' texts, posted to the webhook and signed."""

from __future__ import annotations

from smslab.simulator.http.auth.accounts import DEVELOPMENT_TOKEN
from smslab.simulator.http.carrier.signatures import HEADER, signature
from smslab.simulator.http.webhook import PATH
from smslab.simulator.requesters.inbound import InboundText
from smslab.steps.targets.client import Answer, Request, error_in, is_loopback
from smslab.steps.targets.credentials import Credentials
from smslab.steps.targets.protocol import TargetFailed


class Carrier:
    """Signs texts as Twilio does, with the auth token of the company's account.

    A served instance on this machine that was given no accounts knows a token for
    development, which is used where there is no other.
    """

    def __init__(self, url: str, credentials: Credentials) -> None:
        self._address = f"{url.rstrip('/')}{PATH}"
        self._signing = credentials.signing
        self._is_local = is_loopback(url)

    def request(self, text: InboundText) -> Request:
        """The request that brings a text. Raises TargetFailed where nothing can sign it."""
        form = {
            "From": text.requester_number,
            "To": text.provider_number,
            "Body": text.body,
            "NumMedia": str(len(text.attachments)),
        }
        form |= {f"MediaUrl{place}": url for place, url in enumerate(text.attachments)}
        form |= {"MessageSid": text.provider_id} if text.provider_id else {}
        signed = signature(self._token(), self._address, form.items())
        return Request("POST", PATH, form=form, headers={HEADER: signed})

    def check(self, answer: Answer) -> None:
        """Raise TargetFailed for a text that the webhook did not take."""
        if not answer.succeeded:
            raise TargetFailed(
                f"The target's webhook answers {answer.status}: {error_in(answer.body)}."
            )

    def _token(self) -> str:
        if self._signing is not None:
            return self._signing.reveal()
        if self._is_local:
            return DEVELOPMENT_TOKEN
        raise TargetFailed(
            "Texts of requesters are signed with the auth token of the provider: set "
            "SMSLAB_TARGET_SIGNING_TOKEN in the environment, or keep it in a keyring."
        )

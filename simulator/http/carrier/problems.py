"""The errors of the carrier's API: Twilio's codes, in the shape in which it answers them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.responses import Response

from smslab.simulator.carriers.errors import ERRORS
from smslab.simulator.http.errors import answer

_PAGES = "https://www.twilio.com/docs/errors/"

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        **{code: error.meaning for code, error in ERRORS.items()},
        "20001": "The request cannot be understood.",
        "20003": "The account or its token is wrong.",
        "20004": "This method is not allowed.",
        "20404": "There is no such resource.",
        "21212": "The number to send from is not a valid phone number.",
        "21602": "The message has neither a text nor media.",
        "21603": "The number to send from is missing.",
        "21604": "The number to send to is missing.",
        "21606": "The number to send from is not one of the account's.",
        "21609": "The address for status callbacks cannot be used.",
        "21266": "A number cannot send to itself.",
        "21612": "There is no way from this number to that one.",
        "21623": "The message has more media than it may have.",
    }
)
"""What every error code of the API means, in our words."""

_STATUS = {"20003": 401, "20004": 405, "20404": 404}


class Problem(Exception):
    """A request that the carrier refuses, with an error code; ``detail`` says more."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{MEANINGS[code]} {detail}".strip())
        self.code = code

    def answer(self) -> Response:
        """The error in Twilio's shape."""
        status = _STATUS.get(self.code, 400)
        content = {
            "code": int(self.code),
            "message": str(self),
            "more_info": f"{_PAGES}{self.code}",
            "status": status,
        }
        challenge = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if status == 401 else None
        return answer(content, status, challenge)

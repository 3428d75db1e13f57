"""The control area of a served instance, as a client sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from smslab.simulator.http.wire import Undecodable, decode
from smslab.simulator.invariants import Breach
from smslab.simulator.journal import Event
from smslab.simulator.policy import Policy
from smslab.simulator.records import Record
from smslab.steps.targets.client import Answer, Request, Transport, error_in
from smslab.steps.targets.protocol import TargetFailed, TargetGone

RUN_HEADER = "X-Smslab-Run"

Body: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """What has happened on the other side since the last time."""

    records: tuple[Record, ...]
    events: tuple[Event, ...]
    breaches: tuple[Breach, ...]
    now: datetime
    change: int


class Control:
    """Requests to a served instance; all of one run carry the lease of that run."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._run: str | None = None

    def reset(self, seed: int, policy: Policy | None) -> None:
        """Let the instance begin anew, with the policy that it has where none is given.

        Raises TargetFailed, also for an instance that belongs to another run.
        """
        self._transport.begin(seed)
        body: dict[str, Any] = {"seed": seed}
        if policy is not None:
            body["policy"] = policy.as_dict()
        answer = self.ask(Request("POST", "/control/reset", body=body))
        self._run = str(self.body_of(answer, "/control/reset").get("run"))

    def ask(self, request: Request) -> Answer:
        """Any request of this run. Raises TargetFailed where the run has lost the instance."""
        headers = {**request.headers, **({RUN_HEADER: self._run} if self._run else {})}
        answer = self._transport.send(
            Request(
                request.method, request.path, request.query, request.body, request.form, headers
            )
        )
        if answer.status == 409 and self._run:
            raise TargetGone(
                f"{error_in(answer.body)}: one instance serves one run at a time. Let the other "
                "end, or serve another instance."
            )
        return answer

    def body_of(self, answer: Answer, path: str) -> Body:
        """The object that was answered. Raises TargetFailed for anything else."""
        if answer.succeeded and isinstance(answer.body, Mapping):
            return answer.body
        hint = " Start it with smslab serve --control." if answer.status == 404 else ""
        raise TargetFailed(
            f"The target answers {path} with {answer.status}: "
            f"{error_in(answer.body).rstrip('.')}.{hint}"
        )


def news_of(body: Body) -> News:
    """What an answer of the control area tells. Raises TargetFailed for what it cannot mean."""
    try:
        return News(
            decode(tuple[Record, ...], body["records"], "records"),
            tuple(Event.from_json(event) for event in body["events"]),
            decode(tuple[Breach, ...], body["breaches"], "breaches"),
            decode(datetime, body["now"], "now"),
            int(body["change"]),
        )
    except (KeyError, TypeError, Undecodable) as error:
        said = str(error).rstrip(".")
        raise TargetFailed(
            f"The target's control area tells what this version does not know: {said}. "
            "Use the same version of smslab on both sides."
        ) from None

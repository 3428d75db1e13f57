"""The connection of a real instance's commands: what they share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from smslab.simulator.commands import Commands
from smslab.simulator.core import Core
from smslab.simulator.http.references import TABLE_OF
from smslab.simulator.records import Party
from smslab.steps.targets.carrier import Carrier
from smslab.steps.targets.client import Request, Transport, result_in
from smslab.steps.targets.credentials import Credentials
from smslab.steps.targets.servicenow.mirror import Mirror
from smslab.steps.targets.servicenow.numbers import Numbers
from smslab.steps.targets.servicenow.table_client import TableClient


class Connected(Commands):
    """An instance on the other side of ``transport``, mirrored in ``core``."""

    def __init__(
        self,
        core: Core,
        transport: Transport,
        credentials: Credentials,
        numbers: Numbers,
        described: dict[str, Any],
    ) -> None:
        super().__init__(core)
        core.reactors.clear()  # the instance itself does what follows from a command
        self._transport = transport
        self._numbers = numbers
        self._described = described
        self._tables = TableClient(transport)
        self._mirror = Mirror(core, self._tables, numbers)
        self._carrier = Carrier(str(described["url"]), credentials)
        self._validates = described.get("validation") is True

    @contextmanager
    def _looked(self, command: str, actor: str) -> Iterator[dict[str, Any]]:
        """Look at the instance after something was done there; what was decided is journalled."""
        with self.core.command(command, actor) as executed:
            yield executed.decision
            self._mirror.look()

    def _asked(self, path: str, question: dict[str, Any]) -> Mapping[str, Any]:
        request = Request("POST", path, body=question)
        return result_in(self._transport.send(request), request)

    def _reference(self, party: Party) -> dict[str, str]:
        document = self._mirror.sys_id(party.id)
        return {"user_table": TABLE_OF[party.kind], "user_document": document}

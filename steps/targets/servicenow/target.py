"""The target of a run on a company's own instance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from smslab.simulator.core import Core
from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.instance import Instance
from smslab.simulator.policy import Policy
from smslab.steps.engine.stage import Stage
from smslab.steps.language.scene import Scene
from smslab.steps.needs import Need
from smslab.steps.targets.client import Transport
from smslab.steps.targets.credentials import Credentials
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.servicenow.app_transport import AppTransport
from smslab.steps.targets.servicenow.instance import ServiceNowInstance
from smslab.steps.targets.servicenow.mirror import PROFILES
from smslab.steps.targets.servicenow.numbers import Numbers, numbers_of
from smslab.steps.targets.servicenow.table_client import TableClient

AGENT_SMS = "/api/x_smslab/agent_sms"
"""Where the scripted resource for sends is, unless the description says otherwise."""

OFFERS = frozenset(
    {
        Need.READ,
        Need.PEOPLE,
        Need.COMPANY,
        Need.INTERACTIONS,
        Need.INBOUND,
        Need.SEND,
    }
)
"""What can be done by documented means, and by the resource that the company installs."""

SIMULATED_NUMBERS = ["+12025550100 to +12025550999"]
"""What stands for test numbers where nobody could get a text."""

COLUMNS = {
    "interaction": frozenset({"x_smslab_requester_number", "x_smslab_provider_number"}),
    "customer_contact": frozenset({"x_smslab_linked_user"}),
    "sys_cs_message": frozenset({"x_smslab_error_code"}),
}
"""The columns that a company adds, by table: no documented one says the same."""

_CANDIDATES = 50


class ServiceNowTarget:
    """A real instance.

    ``described`` is its entry in ``targets.toml``: ``url``; ``test_numbers``, numbers and
    ranges that may be texted; ``company_numbers`` and ``queue_numbers``, the instance's own
    where the virtual agent answers, and where requesters wait in the queue; ``agents``, the
    user names that are agent Bill and the like; ``agent_sms``, the path of the scripted
    resource; ``validation``, true where the validation endpoints answer as ours do.

    On the instance the company installs the scripted resource (its contract is in
    ``openapi.json``) and adds these columns, readable by the user of the run:

    - ``interaction``: ``x_smslab_requester_number`` and ``x_smslab_provider_number`` (strings,
      in E.164), the line of an SMS conversation; a business rule fills them in when one begins.
      Without them nobody could tell which interactions belong to a scenario.
    - ``customer_contact``: ``x_smslab_linked_user`` (a reference to ``sys_user``), the user who
      is the same person; for a consumer the column ``user`` says so.
    - ``sys_cs_message``: ``x_smslab_error_code`` (a string), what the provider said of a
      message that it did not deliver; empty for all others.
    """

    shared = True

    def __init__(
        self, described: dict[str, Any], transport: Transport, credentials: Credentials
    ) -> None:
        self.name = str(described["name"])
        self._described = {"agent_sms": AGENT_SMS, **described}
        self._transport = transport
        self._credentials = credentials
        self._tables = TableClient(transport, credentials)
        self._check_description()
        validates = described.get("validation") is True
        self.offers = OFFERS | {Need.VALIDATION} if validates else OFFERS
        self._left: Iterator[str] = numbers_of(described["test_numbers"])
        self._free: list[str] = []

    def _check_description(self) -> None:
        for key in ("test_numbers", "company_numbers"):
            if not isinstance(self._described.get(key), list) or not self._described[key]:
                raise TargetFailed(
                    f"The target {self.name!r} needs {key} in targets.toml: a list of numbers in "
                    "E.164. Nobody else's phone is to get a text from a test."
                )
        list(numbers_of(self._described["test_numbers"][:1]))

    def check(self, extensions: Sequence[type[ExtensionPoint]]) -> None:
        """Look for the numbers and the columns of the company. Raises TargetFailed."""
        if extensions:
            raise TargetFailed("Extensions are installed on the instance; leave --extension out.")
        self._tables.rows("sys_cs_provider_application", "", ("sys_id",))
        for table, needed in COLUMNS.items():
            shown = self._tables.columns(table)
            if shown and (missing := ", ".join(sorted(needed - shown))):
                raise TargetFailed(
                    f"The table {table} of {self.name!r} shows no {missing}: add what is missing "
                    "there, or let the user of the run read it."
                )

    def stage(self, seed: int, policy: Policy, extensions: Sequence[type[ExtensionPoint]]) -> Stage:
        """The instance, with numbers that no scenario has used. ``policy`` is what is expected."""
        self._transport.begin(seed)
        self._free.clear()
        company = {
            "virtual agent": self._described["company_numbers"],
            "queue": self._described.get("queue_numbers", []),
        }
        core = Core(policy, seed)
        numbers = Numbers(company, self._draw)
        instance = ServiceNowInstance(
            core, self._transport, self._credentials, numbers, self._described
        )
        scene = Scene(cast(Instance, instance))  # what it lacks, it says
        return Stage(instance, scene, core.journal, core.clock)

    def as_it_is(self, seed: int) -> Stage:
        """The instance: its settings are always its own."""
        return self.stage(seed, Policy(), ())

    def simulated(self, seed: int, policy: Policy) -> Stage:
        """A simulator of this process, served and looked at as the instance is."""
        described = {**self._described, "test_numbers": SIMULATED_NUMBERS}
        simulated = ServiceNowTarget(described, AppTransport(described, policy), Credentials())
        return simulated.stage(seed, Policy(), ())

    def close(self) -> None:
        """Let the connection go."""
        self._transport.close()

    def _draw(self) -> str:
        """The next test number that no profile and no conversation on the instance has."""
        while not self._free:
            candidates = [number for number, _ in zip(self._left, range(_CANDIDATES), strict=False)]
            if not candidates:
                raise TargetFailed(
                    f"All test numbers of {self.name!r} are in use; give it more in targets.toml."
                )
            self._free = self._unused(candidates)
        return self._free.pop(0)

    def _unused(self, candidates: list[str]) -> list[str]:
        query = f"channel_user_idIN{','.join(candidates)}"
        rows = self._tables.rows(PROFILES, query, ("channel_user_id",))
        used = {row["channel_user_id"] for row in rows}
        return [number for number in candidates if number not in used]

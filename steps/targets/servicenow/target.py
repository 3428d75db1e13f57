"""The target of a run on a company's own instance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, cast

from smslab.simulator.core import Core
from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.http.agent_sms import PATH as PUBLISHED_PATH
from smslab.simulator.instance import Instance
from smslab.simulator.policy import Policy
from smslab.steps.engine.stage import Stage
from smslab.steps.language.scene import Scene
from smslab.steps.needs import Need
from smslab.steps.targets.client import Request, Transport
from smslab.steps.targets.credentials import Credentials
from smslab.steps.targets.number_ranges import SIMULATED_NUMBERS, NumberRanges, is_number
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.servicenow.app_transport import AppTransport
from smslab.steps.targets.servicenow.columns import (
    ADDED,
    COLUMNS,
    INTERACTIONS,
    PHONES,
    PROFILES,
    REQUESTER_NUMBER,
)
from smslab.steps.targets.servicenow.instance import ServiceNowInstance
from smslab.steps.targets.servicenow.numbers import Numbers
from smslab.steps.targets.servicenow.table_client import TableClient, one_of

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

_CANDIDATES = 50
_NOT_THERE = (404, 405, 501)
_PROVIDER_NUMBERS = "sys_cs_provider_application"


class ServiceNowTarget:
    """A real instance.

    ``described`` is its entry in ``targets.toml``: ``url``; ``test_numbers``, numbers and
    ranges that may be texted; ``company_numbers`` and ``queue_numbers``, the instance's own
    where the virtual agent answers, and where requesters wait in the queue; ``agents``, the
    user names of agent Bill and the like; ``agent_sms``, the path of the scripted resource;
    ``validation``, true where the validation endpoints answer as ours do. On an instance that
    ``begins_anew`` with every scenario, all test numbers are free again.

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
        self,
        described: dict[str, Any],
        transport: Transport,
        credentials: Credentials,
        *,
        begins_anew: bool = False,
    ) -> None:
        self.name = str(described["name"])
        self._described = {"agent_sms": PUBLISHED_PATH, **described}
        self._transport = transport
        self._credentials = credentials
        self._tables = TableClient(transport)
        self._check_description()
        validates = described.get("validation") is True
        self.offers = OFFERS | {Need.VALIDATION} if validates else OFFERS
        self._begins_anew = begins_anew
        self._test_numbers = NumberRanges(described["test_numbers"])
        self._left = iter(self._test_numbers)
        self._free: list[str] = []

    def _check_description(self) -> None:
        for key in ("test_numbers", "company_numbers"):
            if not self._described.get(key):
                raise TargetFailed(
                    f"The target {self.name!r} needs {key} in targets.toml: a list of numbers in "
                    "E.164. Nobody else's phone is to get a text from a test."
                )
        for key in ("company_numbers", "queue_numbers"):
            for number in self._described.get(key, []):
                if not is_number(number):
                    raise TargetFailed(
                        f"{key} of {self.name!r}: {number!r} is not in E.164; write '+4930901820'."
                    )

    def check(self, extensions: Sequence[type[ExtensionPoint]]) -> None:
        """Look for the numbers, the columns and the resource of the company. Raises TargetFailed.

        Without the resource the target offers no sends.
        """
        if extensions:
            raise TargetFailed("Extensions are installed on the instance; leave --extension out.")
        self._tables.check(_PROVIDER_NUMBERS, ())
        for table in sorted(COLUMNS.keys() | ADDED.keys()):
            self._tables.check(table, COLUMNS.get(table, tuple(ADDED.get(table, ()))))
        asked = Request("POST", f"{self._described['agent_sms']}/preview", body={})
        if self._transport.send(asked).status in _NOT_THERE:
            self.offers -= {Need.SEND}

    def stage(self, seed: int, policy: Policy, extensions: Sequence[type[ExtensionPoint]]) -> Stage:
        """The instance, with numbers that no scenario has used. ``policy`` is what is expected."""
        self._transport.begin(seed)
        if self._begins_anew:
            self._left, self._free = iter(self._test_numbers), []
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
        described = {**self._described, "test_numbers": SIMULATED_NUMBERS, "agents": {}}
        transport = AppTransport(described, policy)
        simulated = ServiceNowTarget(described, transport, Credentials(), begins_anew=True)
        return simulated.stage(seed, Policy(), ())

    def close(self) -> None:
        """Let the connection go."""
        self._transport.close()

    def _draw(self) -> str:
        """The next test number that nobody and no conversation on the instance has."""
        while not self._free:
            candidates = list(islice(self._left, _CANDIDATES))
            if not candidates:
                raise TargetFailed(
                    f"All test numbers of {self.name!r} are in use; give it more in targets.toml."
                )
            used = self._used(candidates)
            self._free = [number for number in candidates if number not in used]
        return self._free.pop(0)

    def _used(self, candidates: list[str]) -> set[str]:
        """Those that a profile, a conversation or a person has."""
        places = {PROFILES: ("channel_user_id",), INTERACTIONS: (REQUESTER_NUMBER,), **PHONES}
        return {
            row[column]
            for table, columns in places.items()
            for row in self._tables.rows(
                table, "^OR".join(one_of(each, candidates) for each in columns), columns, aside=True
            )
            for column in columns
        }

"""The commands that say how the provider behaves: faulty numbers, outages, limits, delays."""

from __future__ import annotations

from datetime import timedelta

from smslab.simulator.carriers.carrier import PROVIDER
from smslab.simulator.carriers.destinations import Condition, fault_of
from smslab.simulator.carriers.errors import error_of
from smslab.simulator.carriers.records import Destination
from smslab.simulator.clock import check_duration
from smslab.simulator.commands import Commands
from smslab.simulator.durations import in_words
from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.records import Provider

_RULE = "A-11"


class CarrierCommands(Commands):
    """How the provider behaves from now on; numbers are E.164."""

    def refuse_messages_to(self, requester_number: str, error_code: str) -> None:
        """The provider refuses messages to a number when they are handed over (A-11).

        Raises UnknownErrorCode with the nearest.
        """
        error_of(error_code)
        self._set_destination(requester_number, "refused", error_code, True)

    def fail_messages_to(self, requester_number: str, error_code: str) -> None:
        """The provider takes messages to a number, and later reports them undelivered (A-11).

        Raises UnknownErrorCode with the nearest.
        """
        error_of(error_code)
        self._set_destination(requester_number, "undelivered", error_code, False)

    def set_condition(self, requester_number: str, condition: Condition) -> None:
        """Something is wrong with a number; what comes of it is :func:`fault_of` (A-11)."""
        fault = fault_of(condition, requester_number)
        self._set_destination(requester_number, condition.value, fault.error_code, fault.refused)

    def clear_condition(self, requester_number: str) -> None:
        """Nothing is wrong with a number any more. Raises Refused where nothing was."""
        found = self.core.store.destinations.find("number", requester_number)
        if not found or found[0].error_code is None:
            raise Refused(_RULE, f"Nothing is wrong with {requester_number}.")
        self._set_destination(requester_number, None, None, False)

    def begin_outage(self, provider: str) -> None:
        """A provider sends nothing from now on. Raises Refused where it has an outage."""
        found = self._provider(provider)
        if found.outage:
            raise Refused(_RULE, f"{found.name} has an outage already.")
        with self.core.command("begin outage", PROVIDER):
            self.core.store.update(found, _RULE, outage=True)

    def end_outage(self, provider: str) -> None:
        """A provider sends again, first what waits. Raises Refused where it has no outage."""
        found = self._provider(provider)
        if not found.outage:
            raise Refused(_RULE, f"{found.name} has no outage that could end.")
        with self.core.command("end outage", PROVIDER):
            self.core.store.update(found, _RULE, outage=False)

    def limit_throughput(self, provider_number: str, segments_per_second: int | None) -> None:
        """A number of the company sends so fast at most; None ends the limit.

        Raises Refused for a limit below one segment, UnknownRecord for a number that is
        not the company's.
        """
        if segments_per_second is not None and segments_per_second < 1:
            raise Refused(
                _RULE,
                f"A number that sends {segments_per_second} segments per second never sends; "
                "begin an outage, or give a limit of at least 1.",
            )
        found = self.core.store.provider_numbers.find("number", provider_number)
        if not found:
            raise UnknownRecord(f"{provider_number} is not a number of the company.")
        with self.core.command("limit throughput", PROVIDER):
            self.core.store.update(found[0], _RULE, segments_per_second=segments_per_second)

    def deliver_in(self, duration: timedelta) -> None:
        """The provider reports every delivery, so long after it has sent the message.

        Raises ValueError for a duration that cannot pass.
        """
        check_duration(duration)
        self.core.change_setting("delivery_takes", in_words(duration), PROVIDER)
        self.core.change_setting("delivery_reports", "all", PROVIDER)

    # What there is to see of it

    def waiting_messages(self) -> dict[str, tuple[str, ...]]:
        """The ids of the messages that wait at the provider, in their order, by its number."""
        return self.core.carrier.waiting()

    def is_opted_out(self, requester_number: str, provider_number: str) -> bool:
        """Whether the provider holds that a requester takes no messages from a number (O-2)."""
        return self.core.carrier.is_opted_out(requester_number, provider_number)

    def _set_destination(
        self, number: str, condition: str | None, error_code: str | None, refused: bool
    ) -> None:
        found = self.core.store.destinations.find("number", number)
        with self.core.command("change destination", PROVIDER):
            row = found[0] if found else self._new_destination(number)
            self.core.store.update(
                row, _RULE, condition=condition, error_code=error_code, refused=refused
            )

    def _new_destination(self, number: str) -> Destination:
        row = Destination(self.core.store.new_id("destination"), number)
        return self.core.store.insert(row, _RULE)

    def _provider(self, id: str) -> Provider:
        if (found := self.core.store.providers.get(id)) is None:
            raise UnknownRecord(f"There is no provider {id!r}.")
        return found

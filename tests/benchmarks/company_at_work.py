"""A company at work: the commands that both benchmarks of the instance give."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from smslab.simulator.instance import Instance
from smslab.simulator.outcomes import SendOutcome
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import PartyKind

COMPANY = "+4930901820"
_FIRST = 15_100_000_000


def number(position: int) -> str:
    """The mobile number of the consumer at a position, in E.164."""
    return f"+49{_FIRST + position}"


class Company:
    """An instance with consumers in Germany, who are ``consumers`` by id, and one agent."""

    def __init__(self, consumers: int) -> None:
        self.instance = Instance(seed=1)
        self._germany = self.instance.add_location("Germany", territory="DE").id
        self.instance.add_channel("SMS")
        provider = self.instance.add_provider("Twilio", "SMS").id
        self.instance.add_provider_number(COMPANY, provider)
        self.agent = self.instance.add_agent("Bill").id
        self.consumers: list[str] = []
        self.grow(consumers)
        self._next = 0

    def grow(self, consumers: int) -> None:
        """Import so many more consumers, without the journal."""
        known = len(self.consumers)
        rows = (
            {"name": f"Consumer {i}", "mobile_phone": number(i), "location": self._germany}
            for i in range(known, known + consumers)
        )
        imported = self.instance.import_parties(PartyKind.CONSUMER, rows, journalled=False)
        self.consumers.extend(party.id for party in imported)

    def next_consumer(self) -> int:
        """The position of the next consumer in turn."""
        self._next = (self._next + 1) % len(self.consumers)
        return self._next

    def send(self, position: int, body: str = "Your parcel is here.") -> SendOutcome:
        """The agent texts a consumer."""
        request = SendRequest(self.agent, body, self.consumers[position], send_to=number(position))
        outcome = self.instance.send(request, confirmed=True)
        assert outcome.status == "sent", outcome.refusal
        return outcome

    def have_conversations(self, count: int) -> None:
        """Begin so many conversations and close them."""
        for _ in range(count):
            outcome = self.send(self.next_consumer())
            self.instance.close(str(outcome.interaction))

    def commands(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """The commands of one conversation with the next consumer, in their order, by name."""
        position = self.next_consumer()
        consumer, instance = self.consumers[position], self.instance
        yield "send, new conversation", lambda: self.send(position)
        yield "send, existing conversation", lambda: self.send(position)
        yield "requester texts", lambda: instance.requester_texts(number(position), COMPANY, "Hi")
        yield "change consumer", lambda: instance.change_party(consumer, home_phone=COMPANY)
        yield "change it back", lambda: instance.change_party(consumer, home_phone=None)
        open_one = self.instance.store.interactions.find("number", number(position))[0].id
        yield "close", lambda: instance.close(open_one)

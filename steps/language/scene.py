"""The scene of a scenario: who is in it, what was done last, and what is left to explain.

Phrases speak of people by name and of "that number"; the scene knows the records behind.
It talks to the instance through the commands of
:class:`~smslab.simulator.instance.Instance` and reads its tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from smslab.simulator.compose import ComposeForm
from smslab.simulator.errors import Refused
from smslab.simulator.instance import Instance
from smslab.simulator.invariants import Breach
from smslab.simulator.nearest import nearest
from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.outcomes import SendOutcome
from smslab.simulator.records import Agent, Interaction, Party
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import InteractionType
from smslab.simulator.virtual_agents.topics import BadTopic
from smslab.steps.language import breaches


class UnknownName(AssertionError):
    """A step names somebody or something that the scenario did not introduce."""


class Scene:
    """The names, the last number and the last send of one scenario on one instance.

    ``number`` is "that number" in E.164; ``outcomes`` are those of the latest send, one
    for each agent who sent at the same moment; ``form`` is the compose form opened last,
    ``validation`` the latest answer about a number, ``refused`` the refusal of the latest
    text by a requester, or of ending a conversation, ``bad_topic`` that of a topic of the
    virtual agent; ``crowd`` the ids of the people that were asked for in numbers;
    ``began_at`` is how many events the journal had before the latest command.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.number: str | None = None
        self.outcomes: list[SendOutcome] = []
        self.form: ComposeForm | None = None
        self.validation: PhoneNumber | NumberRefusal | None = None
        self.refused: Refused | None = None
        self.bad_topic: BadTopic | None = None
        self.crowd: list[str] = []
        self.began_at = 0
        self._unexplained: str | None = None
        self._explained_breaches: list[Breach] = []
        self._before = 0

    @property
    def seed(self) -> int:
        """The seed of the scenario, for everything that is drawn by chance."""
        return self.instance.seed

    # Names

    def party(self, name: str) -> Party:
        """The consumer, contact or user of this name. Raises UnknownName with the nearest."""
        found = self.instance.store.parties.find("name", name)
        if not found:
            raise unknown(name, "consumer, contact or user", self.instance.store.parties)
        return found[-1]

    def agent(self, name: str) -> Agent:
        """The agent of this name. Raises UnknownName with the nearest."""
        found = self.instance.store.agents.find("name", name)
        if not found:
            raise unknown(name, "agent", self.instance.store.agents)
        return found[0]

    def agent_introduced(self, name: str) -> Agent:
        """The agent of this name, new where nobody spoke of them before ("agent Bill")."""
        found = self.instance.store.agents.find("name", name)
        return found[0] if found else self.instance.add_agent(name)

    def name_of(self, id: str | None) -> str:
        """The name of a party or agent; "guest" for nobody."""
        if id is None:
            return "guest"
        record = self.instance.store.parties.get(id) or self.instance.store.agents.get(id)
        return record.name if record else id

    # Numbers and conversations

    def e164(self, entry: str, party: Party | None = None) -> str:
        """A number as written, in E.164 for a party. Raises AssertionError for one that is none."""
        number = self.instance.validate_phone_number(entry, party.id if party else None)
        if isinstance(number, NumberRefusal):
            raise AssertionError(f"{entry!r} is not a number: {number.reason}")
        return number.e164

    def that_number(self) -> str:
        """The number that the scenario spoke of last. Raises UnknownName before there is one."""
        if self.number is None:
            raise UnknownName("no number was named before this step; name one in a Given step.")
        return self.number

    def number_of(self, party: Party) -> str:
        """A party's number as entered: the mobile number, else another, else the last it had."""
        profiles = self.instance.store.profiles
        if party.phones:
            return party.phones[0]
        owned = [profile.number for profile in profiles if profile.party == party.id]
        if owned:
            return owned[-1]
        raise UnknownName(f"{party.name} has no number; give one with a Given step.")

    def company_number(self) -> str:
        """The company's first number. Raises UnknownName where it has none yet."""
        for row in self.instance.store.provider_numbers:
            return row.number
        raise UnknownName("the company has no number yet; say: the company texts from ...")

    def sms_interactions(self, party: str | None) -> list[Interaction]:
        """The SMS interactions with a party (None: with guests), oldest first."""
        return [
            row
            for row in self.instance.store.interactions
            if row.type is InteractionType.MESSAGING and row.party == party
        ]

    def interaction_with(self, party: str | None) -> Interaction:
        """The latest SMS interaction with a party (None: with a guest). Raises AssertionError."""
        found = self.sms_interactions(party)
        if not found:
            raise AssertionError(f"there is no SMS interaction with {self.name_of(party)}.")
        return found[-1]

    def form_of(self, agent: Agent, party: Party) -> Interaction | None:
        """The agent's open interaction with a party that is not messaging: where they compose."""
        open_ones = [
            row
            for row in self.instance.store.interactions.find("agent", agent.id)
            if row.party == party.id and row.type is not InteractionType.MESSAGING
        ]
        return open_ones[-1] if open_ones else None

    # What happens

    def act(self) -> None:
        """A new command begins: what the last one left unexplained fails here."""
        self.explain_or_fail()
        self._before = self.instance.store.changes
        self.began_at = len(self.instance.journal.events)

    def attempt(self, command: Callable[[], object], what: str = "this") -> None:
        """A new command that may be refused; ``what`` then says what was, in the failure."""
        self.act()
        self.refused = None
        try:
            command()
        except Refused as refusal:
            self.refused = refusal
            self.leave_unexplained(f"{what} was refused: {refusal}")

    def acted(self, *outcomes: SendOutcome) -> None:
        """The outcome of a send, to be asserted by the steps that follow."""
        self.outcomes = list(outcomes)
        refused = [o.refusal for o in outcomes if o.refusal]
        if refused:
            self.leave_unexplained(f"the send was refused: {refused[0]}")
        elif any(o.status == "warned" for o in outcomes):
            warning = next(o.assessment for o in outcomes if o.assessment).warning
            self.leave_unexplained(f"the message was not sent; the agent was warned: {warning}")

    @property
    def outcome(self) -> SendOutcome:
        """The outcome of the latest send. Raises AssertionError before there is one."""
        if not self.outcomes:
            raise AssertionError("nobody has sent anything yet in this scenario.")
        return self.outcomes[-1]

    @property
    def request(self) -> SendRequest:
        """What the latest send asked for."""
        return self.outcome.request

    def is_as_before(self) -> bool:
        """True if every record is as it was before the latest command."""
        return self.instance.store.changes == self._before

    # What is left to explain

    def leave_unexplained(self, what: str) -> None:
        """Something happened that a later step must say, or the scenario fails."""
        self._unexplained = what

    def explained(self) -> None:
        """A step has said what happened."""
        self._unexplained = None

    def breach_of(self, invariant: str) -> Breach:
        """The breach of an invariant, explained from now on. Raises AssertionError without."""
        for breach in self.unexplained_breaches():
            if breach.invariant == invariant:
                self._explained_breaches.append(breach)
                return breach
        broken = ", ".join(b.invariant for b in self.unexplained_breaches()) or "none"
        raise AssertionError(f"expected: invariant {invariant} is broken\n     got: {broken}")

    def unexplained_breaches(self) -> list[Breach]:
        """The broken invariants that no step has spoken of."""
        return [b for b in self.instance.breaches if b not in self._explained_breaches]

    def explain_or_fail(self) -> None:
        """Raise AssertionError for what no step has explained."""
        if self._unexplained:
            raise AssertionError(
                f"{self._unexplained}\nno step of the scenario says so; if it is meant, "
                "say it in a Then step."
            )

    def close(self) -> None:
        """The end. Raises AssertionError for a refusal, a warning or a breach left unsaid."""
        self.explain_or_fail()
        broken = self.unexplained_breaches()
        if broken:
            raise AssertionError(breaches.told(self.instance, broken))


def expect(expected: object, got: object, what: str = "") -> None:
    """Raise AssertionError in words unless ``got`` is what was expected."""
    __tracebackhide__ = True  # a debugger stops in the step
    if got != expected:
        subject = f"{what}\n" if what else ""
        raise AssertionError(f"{subject}expected: {said(expected)}\n     got: {said(got)}")


def said(value: object) -> str:
    """A value as a failure says it: lists without brackets, and a word for what is not there."""
    if value is None or value == [] or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {said(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        nested = any(isinstance(each, list) for each in value)
        return ("\n          " if nested else ", ").join(map(said, value))
    return str(value)


def unknown(name: str, what: str, known: Iterable[Party | Agent]) -> UnknownName:
    """The error for a name that nobody introduced, with the nearest that somebody did."""
    names = [record.name for record in known]
    near = nearest(name, names, 0.5)
    if near:
        hint = f"did you mean {near}?"
    elif names:
        hint = f"the scenario has: {', '.join(names)}."
    else:
        hint = "the scenario has none yet; introduce one with a Given step."
    return UnknownName(f"there is no {what} {name!r} in this scenario; {hint}")

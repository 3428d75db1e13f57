"""The desk on SimPy with bare callbacks: its events and its queue of them, no processes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import simpy

from tests.benchmarks.desk import AGENTS, SILENCE, TEXTS, Desk, Result


class CallbackDesk:
    """Timeouts with callbacks, whose values are the positions of conversations.

    SimPy cannot cancel a timeout, so a conversation has at most one for its timer, which
    goes on for the rest when it comes up too early. That is the fastest way found; a
    timeout for every message takes about a quarter longer.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.env = simpy.Environment(initial_time=0)
        self.free = AGENTS
        self.queue: OrderedDict[int, float] = OrderedDict()
        self.answered = [0] * len(desk.arrivals)
        self.silent_at: list[float] = [0] * len(desk.arrivals)
        self.has_timeout = [False] * len(desk.arrivals)
        self.ended: set[int] = set()
        self.texts = self.had_to_wait = self.goodbyes = self.closed = 0
        self.waited: float = 0

    def run(self) -> Result:
        """Run the desk to its end."""
        self.after(self.desk.arrivals[0], self.begin, 0)
        self.env.run()
        return Result(self.texts, self.had_to_wait, int(self.waited), self.goodbyes, self.closed)

    def after(
        self, delay: float, callback: Callable[[simpy.Event], None], conversation: int
    ) -> None:
        timeout = simpy.Timeout(self.env, delay, conversation)
        timeout.callbacks.append(callback)

    def begin(self, event: simpy.Event) -> None:
        arrivals, following = self.desk.arrivals, event._value + 1
        if following < len(arrivals):
            self.after(arrivals[following], self.begin, following)
        self.text(event)

    def text(self, event: simpy.Event) -> None:
        conversation = event._value
        if conversation in self.ended:
            return
        self.texts += 1
        self.arm(conversation)
        if self.free:
            self.free -= 1
            self.write(conversation)
        else:
            self.queue[conversation] = self.env.now

    def write(self, conversation: int) -> None:
        self.silent_at[conversation] = 0
        writing = self.desk.writing[conversation][self.answered[conversation]]
        self.after(writing, self.answer, conversation)

    def answer(self, event: simpy.Event) -> None:
        conversation = event._value
        gap = self.desk.gaps[conversation][self.answered[conversation]]
        self.answered[conversation] += 1
        self.arm(conversation)
        then = self.text if self.answered[conversation] < TEXTS else self.say_goodbye
        self.after(gap, then, conversation)
        if self.queue:
            following, since = self.queue.popitem(last=False)
            self.had_to_wait += 1
            self.waited += self.env.now - since
            self.write(following)
        else:
            self.free += 1

    def say_goodbye(self, event: simpy.Event) -> None:
        if event._value in self.ended:
            return
        self.goodbyes += 1
        self.silent_at[event._value] = 0

    def arm(self, conversation: int) -> None:
        self.silent_at[conversation] = self.env.now + SILENCE
        if not self.has_timeout[conversation]:
            self.has_timeout[conversation] = True
            self.after(SILENCE, self.come_up, conversation)

    def come_up(self, event: simpy.Event) -> None:
        conversation = event._value
        silent_at = self.silent_at[conversation]
        if silent_at > self.env.now:
            self.after(silent_at - self.env.now, self.come_up, conversation)
        elif silent_at:
            self.closed += 1
            self.queue.pop(conversation, None)
            self.ended.add(conversation)
        else:
            self.has_timeout[conversation] = False


def run(desk: Desk) -> Result:
    """The desk on SimPy with callbacks."""
    return CallbackDesk(desk).run()

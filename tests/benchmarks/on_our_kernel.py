"""The desk on the kernel of the simulator."""

from __future__ import annotations

from collections import OrderedDict

from smslab.simulator.kernel import Kernel
from tests.benchmarks.desk import AGENTS, SILENCE, TEXTS, Desk, Result

_THE_END = 10**18


class OurDesk:
    """Callbacks, and one lane for the timer; keys are the positions of conversations."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.kernel = Kernel()
        self.silence = self.kernel.lane(SILENCE, self.close)
        self.free = AGENTS
        self.queue: OrderedDict[int, int] = OrderedDict()
        self.answered = [0] * len(desk.arrivals)
        self.next_text = [0] * len(desk.arrivals)
        self.texts = self.had_to_wait = self.waited = self.goodbyes = self.closed = 0

    def run(self) -> Result:
        """Run the desk to its end."""
        self.kernel.at(self.desk.arrivals[0], self.begin, 0)
        self.kernel.run_until(_THE_END)
        return Result(self.texts, self.had_to_wait, self.waited, self.goodbyes, self.closed)

    def begin(self, conversation: int) -> None:
        arrivals, following = self.desk.arrivals, conversation + 1
        if following < len(arrivals):
            self.kernel.at(self.kernel.now + arrivals[following], self.begin, following)
        self.text(conversation)

    def text(self, conversation: int) -> None:
        self.texts += 1
        self.silence.arm(conversation)
        if self.free:
            self.free -= 1
            self.write(conversation)
        else:
            self.queue[conversation] = self.kernel.now

    def write(self, conversation: int) -> None:
        self.silence.cancel(conversation)
        writing = self.desk.writing[conversation][self.answered[conversation]]
        self.kernel.at(self.kernel.now + writing, self.answer, conversation)

    def answer(self, conversation: int) -> None:
        gap = self.desk.gaps[conversation][self.answered[conversation]]
        self.answered[conversation] += 1
        self.silence.arm(conversation)
        then = self.text if self.answered[conversation] < TEXTS else self.say_goodbye
        self.next_text[conversation] = self.kernel.at(self.kernel.now + gap, then, conversation)
        if self.queue:
            following, since = self.queue.popitem(last=False)
            self.had_to_wait += 1
            self.waited += self.kernel.now - since
            self.write(following)
        else:
            self.free += 1

    def say_goodbye(self, conversation: int) -> None:
        self.goodbyes += 1
        self.silence.cancel(conversation)

    def close(self, conversation: int) -> None:
        self.closed += 1
        if self.queue.pop(conversation, None) is None:
            self.kernel.cancel(self.next_text[conversation])


def run(desk: Desk) -> Result:
    """The desk on our kernel."""
    return OurDesk(desk).run()

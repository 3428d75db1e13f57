"""The desk on SimPy as its documentation writes such models (the bank that people leave)."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from tests.benchmarks.desk import AGENTS, SILENCE, Desk, Result


class DocumentedDesk:
    """A process for each conversation, a Resource of agents, and ``|`` for the timer."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.env = simpy.Environment(initial_time=0)
        self.agents = simpy.Resource(self.env, capacity=AGENTS)
        self.texts = self.had_to_wait = self.waited = self.goodbyes = self.closed = 0

    def run(self) -> Result:
        """Run the desk to its end."""
        self.env.process(self.source())
        self.env.run()
        return Result(self.texts, self.had_to_wait, self.waited, self.goodbyes, self.closed)

    def source(self) -> Generator[simpy.Event, Any, None]:
        for conversation, after in enumerate(self.desk.arrivals):
            yield self.env.timeout(after)
            self.env.process(self.conversation(conversation))

    def conversation(self, conversation: int) -> Generator[simpy.Event, Any, None]:
        env, desk = self.env, self.desk
        for writing, gap in zip(desk.writing[conversation], desk.gaps[conversation], strict=True):
            self.texts += 1
            since = env.now
            with self.agents.request() as agent:
                picked_up = yield agent | env.timeout(SILENCE)
                if agent not in picked_up:
                    self.closed += 1
                    return
                self.had_to_wait += env.now > since
                self.waited += int(env.now - since)
                yield env.timeout(writing)
            text = env.timeout(gap)
            heard = yield text | env.timeout(SILENCE)
            if text not in heard:
                self.closed += 1
                return
        self.goodbyes += 1


def run(desk: Desk) -> Result:
    """The desk on SimPy with processes."""
    return DocumentedDesk(desk).run()

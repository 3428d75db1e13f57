"""A model to measure kernels with: a desk of agents who answer conversations.

Conversations begin as a Poisson process. Each is a few texts of a requester; a text waits
for an agent, first come first served, and the agent answers after a random time. After
an answer the requester texts again, or after the last one says goodbye, unless that takes
too long: every text and every answer arms a timer of 2 days anew, and when it comes up,
the conversation is closed. It is off while an agent writes.

All times are whole microseconds, and all random numbers are drawn in advance, so that
every kernel must come to exactly the same :class:`Result`.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SECOND = 1_000_000
SILENCE = 2 * 24 * 3600 * SECOND
"""After so long without a message a conversation is closed."""

TEXTS = 3
AGENTS = 100
BETWEEN_CONVERSATIONS = 10 * SECOND + SECOND // 2
WRITING = 6 * 60 * SECOND
BETWEEN_TEXTS = 18 * 3600 * SECOND
SEED = 20260105


@dataclass(frozen=True, slots=True)
class Desk:
    """The random numbers of one run, in microseconds.

    ``arrivals`` are the times between conversations; ``writing`` and ``gaps`` hold, for
    each conversation, how long each answer takes and what passes after it.
    """

    arrivals: list[int]
    writing: list[tuple[int, ...]]
    gaps: list[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to; ``waited`` is the sum of all waiting for agents, in microseconds."""

    texts: int
    had_to_wait: int
    waited: int
    said_goodbye: int
    closed_by_timer: int


def desk(conversations: int, seed: int = SEED) -> Desk:
    """The random numbers for so many conversations."""
    random = Random(seed)

    def times(mean: int) -> tuple[int, ...]:
        return tuple(1 + int(random.expovariate(1 / mean)) for _ in range(TEXTS))

    return Desk(
        [1 + int(random.expovariate(1 / BETWEEN_CONVERSATIONS)) for _ in range(conversations)],
        [times(WRITING) for _ in range(conversations)],
        [times(BETWEEN_TEXTS) for _ in range(conversations)],
    )

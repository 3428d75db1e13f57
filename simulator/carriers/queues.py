"""What waits to go out from one number of the company, and when the next may go."""

from __future__ import annotations

from dataclasses import dataclass, field

_SECOND = 1_000_000


@dataclass(slots=True)
class NumberQueue:
    """Messages that wait, by id with their segments, the next first; times in microseconds.

    ``free_at`` is when the number may send again; ``backlog`` counts the segments that
    wait; ``is_awaited`` says that a timer is armed for the next message, ``is_sending`` that
    the queue is being emptied just now.
    """

    waiting: dict[str, int] = field(default_factory=dict)
    backlog: int = 0
    free_at: int = 0
    is_awaited: bool = False
    is_sending: bool = False

    def add(self, message: str, segments: int) -> None:
        """A message waits behind all others."""
        self.waiting[message] = segments
        self.backlog += segments

    def remove(self, message: str) -> None:
        """A message waits no longer, wherever it stood."""
        self.backlog -= self.waiting.pop(message)

    def take(self, now: int, segments_per_second: int | None) -> str:
        """The message whose turn it is, gone from the queue; the number is busy with it then."""
        message = next(iter(self.waiting))
        if segments_per_second is not None:
            self.free_at = now + duration_of(self.waiting[message], segments_per_second)
        self.remove(message)
        return message

    def wait(self, now: int, segments_per_second: int | None) -> int:
        """How long a message that comes now would wait."""
        if segments_per_second is None:
            return 0
        return max(self.free_at - now, 0) + duration_of(self.backlog, segments_per_second)


def duration_of(segments: int, segments_per_second: int) -> int:
    """How long a number is busy with so many segments, in microseconds, rounded up."""
    return -(-segments * _SECOND // segments_per_second)

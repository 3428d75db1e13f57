"""The registry of an instance's extensions, and how one of them is asked.

An extension that raises, does not end or answers nonsense is a refusal with its name and
its error; the command that asked is undone like any other refused one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from smslab.simulator.errors import Refused
from smslab.simulator.extensions.extension_points import POINTS, ExtensionPoint
from smslab.simulator.extensions.isolation import INSTRUCTIONS, TooLong, bounded, described
from smslab.simulator.extensions.shipped_extensions import SHIPPED

LAST = 10_000
"""The order of the shipped implementations; every other one comes before."""

P = TypeVar("P", bound=ExtensionPoint)
T = TypeVar("T")


class Nonsense(Exception):
    """An extension answered what cannot be an answer; the message continues "it answered"."""


class ExtensionFailed(Refused):
    """An extension raised an error, did not end or answered nonsense."""


@dataclass(frozen=True, slots=True)
class Registered:
    """An implementation in its place. ``shipped`` ones are trusted."""

    name: str
    order: int
    implementation: ExtensionPoint
    shipped: bool = False

    def failed(self, how: str) -> ExtensionFailed:
        """The refusal that an error of this implementation leads to."""
        rule = self.implementation.rule
        return ExtensionFailed(rule, f"The extension {self.name!r} {how}")


class Answer(NamedTuple, Generic[T]):
    """What the applicable extension answered, checked; ``shipped`` if it is one that ships."""

    value: T
    shipped: bool


class Extensions:
    """The extensions of one instance, by point and order."""

    def __init__(self) -> None:
        self._by_point: dict[Callable[..., ExtensionPoint], tuple[Registered, ...]] = {
            _point_of(shipped): (Registered(type(shipped).__name__, LAST, shipped, shipped=True),)
            for shipped in SHIPPED
        }
        self._asking = False

    @property
    def asking(self) -> bool:
        """True while an extension works on its answer; the instance takes no command then."""
        return self._asking

    def of(self, point: Callable[..., ExtensionPoint]) -> tuple[Registered, ...]:
        """The implementations of a point in the order in which they are tried."""
        return self._by_point[point]

    def checked(
        self, implementation: ExtensionPoint, name: str | None = None, order: int | None = None
    ) -> Registered:
        """An implementation, named and in its place, but not yet registered.

        Raises TypeError for an object that implements no point, Refused for a name or order
        that is none or that another implementation of the point has.
        """
        point = _point_of(implementation)
        name = (implementation.name or type(implementation).__name__) if name is None else name
        order = implementation.order if order is None else order
        if type(name) is not str or not name.strip():
            raise Refused(point.rule, f"{shown(name)} is no name for an extension.")
        if type(order) is not int or not 0 <= order < LAST:
            raise Refused(
                point.rule,
                f"The order of the extension {name!r} must be a whole number from 0 to "
                f"{LAST - 1}, not {shown(order)}.",
            )
        for other in self._by_point[point]:
            if name == other.name or order == other.order:
                what = "name" if name == other.name else f"order {order}"
                raise Refused(
                    point.rule,
                    f"{point.__name__} has the extension {other.name!r} with the same {what}; "
                    f"give {name!r} another one.",
                )
        return Registered(name, order, implementation)

    def add(self, registered: Registered) -> None:
        """Register what :meth:`checked` returned."""
        point = _point_of(registered.implementation)
        both = (*self._by_point[point], registered)
        self._by_point[point] = tuple(sorted(both, key=lambda each: each.order))

    def ask(
        self,
        point: Callable[..., P],
        applies: Callable[[P], object],
        question: Callable[[P], object],
        check: Callable[[object], T],
    ) -> Answer[T]:
        """The answer of the applicable implementation with the lowest order (section 9).

        ``point`` is one of ``extension_points.POINTS``; ``check`` turns an answer into what it
        means and raises :class:`Nonsense` for one that is none. Raises ExtensionFailed with the
        name of the implementation.
        """
        for registered in self.of(point):
            if registered.shipped:  # it is for everything, and trusted to come to an end
                implementation: P = registered.implementation  # type: ignore[assignment]
                return Answer(check(question(implementation)), True)
            if self._run(registered, applies, yes_or_no):
                return Answer(self._run(registered, question, check), False)
        raise AssertionError(f"no shipped implementation of {point} applies")

    def _run(
        self, registered: Registered, call: Callable[[P], object], check: Callable[[object], T]
    ) -> T:
        implementation: P = registered.implementation  # type: ignore[assignment]
        if self._asking:
            raise RuntimeError("an extension cannot ask the instance while it is asked itself")
        self._asking = True
        try:
            answer = bounded(lambda: call(implementation))
        except KeyboardInterrupt:
            raise
        except TooLong:
            raise registered.failed(f"did not end within {INSTRUCTIONS} instructions.") from None
        except BaseException as error:
            raise registered.failed(f"raised {described(error)}") from error
        finally:
            self._asking = False
        try:
            return check(answer)
        except Nonsense as nonsense:
            raise registered.failed(f"answered {nonsense}") from None


def _point_of(implementation: object) -> type[ExtensionPoint]:
    for point in POINTS:
        if isinstance(implementation, point):
            return point
    names = ", ".join(point.__name__ for point in POINTS)
    raise TypeError(
        f"{type(implementation).__name__} implements no extension point; derive it from one of "
        f"{names}."
    )


def yes_or_no(answer: object) -> bool:
    """A truth value, exactly. Raises Nonsense for anything else."""
    if type(answer) is not bool:
        raise Nonsense(f"{shown(answer)}, not True or False.")
    return answer


def shown(answer: object) -> str:
    """An answer in words: texts and numbers as they are, of anything else only the type."""
    short_number = isinstance(answer, int) and answer.bit_length() < 64
    if answer is None or short_number or type(answer) is str:
        text = repr(answer)
        return text if len(text) < 80 else f"{text[:80]}..."
    return f"an object of type {type(answer).__name__}"

"""Numbers of features and those of a real instance.

What a feature calls ``+4915123456789`` is somebody's number, who must get no text from a
test. So every number of a requester stands for one of the test numbers that the company
names, and the numbers of the company for those that its instance has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from smslab.steps.needs import Need
from smslab.steps.targets.lacks import Lacks


class Numbers:
    """The numbers of one scenario, by those of the feature, and the other way round.

    ``company`` are the instance's numbers by who answers there; ``draw`` gives the next test
    number that nobody has on the instance.
    """

    def __init__(self, company: Mapping[str, Sequence[str]], draw: Callable[[], str]) -> None:
        self._company = {answered_by: list(each) for answered_by, each in company.items()}
        self._draw = draw
        self._real: dict[str, str] = {}
        self._own: dict[str, str] = {}
        self.requesters: list[str] = []
        """The test numbers in use."""

    def add_company_number(self, number: str, answered_by: str) -> None:
        """Let one of the instance's numbers stand for a number of the company. Raises Lacks."""
        left = self._company.get(answered_by)
        if not left:
            raise Lacks(Need.COMPANY, f"a number for {number}, where the {answered_by} answers")
        self._pair(number, left.pop(0))

    def real(self, number: str) -> str:
        """The number on the instance; a requester's is drawn when it is first spoken of."""
        if number not in self._real:
            drawn = self._draw()
            self._pair(number, drawn)
            self.requesters.append(drawn)
        return self._real[number]

    def company(self, number: str) -> str:
        """The instance's number of the company, or the number itself where it is none of them."""
        return self._real.get(number, number)

    def own(self, number: str) -> str:
        """The feature's number for one of the instance."""
        return self._own.get(number, number)

    def in_words(self, text: str) -> str:
        """A text of the instance with the numbers of the feature."""
        for real, own in self._own.items():
            text = text.replace(real, own)
        return text

    def _pair(self, own: str, real: str) -> None:
        self._real[own], self._own[real] = real, own

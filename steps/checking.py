"""Checking features without running them: the work behind `smslab check`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smslab.steps.custom_steps import Phrases
from smslab.steps.engine.checking import check
from smslab.steps.engine.planning import feature_files
from smslab.steps.problem_lines import paragraph


@dataclass(frozen=True, slots=True)
class Checked:
    """``paragraphs`` are problems as ``file:line: message``, by place.

    ``snippets`` are Python for the steps that no phrase says, each once.
    """

    paragraphs: Sequence[str]
    snippets: Sequence[str]
    files: int

    @property
    def verdict(self) -> str:
        """The outcome in a line."""
        files = f"{self.files} file{'' if self.files == 1 else 's'}"
        if not self.files:
            return "There is no feature file to check."
        if not self.paragraphs:
            return f"{files} checked: nothing to put right."
        number = len(self.paragraphs)
        return f"{files} checked: {number} problem{'' if number == 1 else 's'}."


def check_files(
    paths: Iterable[Path], plugins: Iterable[str], *, allow_same_names: bool = False
) -> Checked:
    """Check feature files with the phrases that each can use. Raises CannotLoad."""
    files = feature_files(paths)
    problems = check(files, Phrases(plugins).of, allow_same_names=allow_same_names)
    return Checked(
        [paragraph(each.file, each.line, each.message) for each in problems],
        list(dict.fromkeys(each.snippet for each in problems if each.snippet)),
        len(files),
    )

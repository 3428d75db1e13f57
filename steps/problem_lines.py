"""Problems as `file:line: message`, which editors and pre-commit take up."""

from __future__ import annotations

from collections.abc import Iterator

from smslab.steps.engine.planning import PlannedScenario


def lines_of(planned: PlannedScenario) -> Iterator[str]:
    """A paragraph for everything that keeps a scenario from running."""
    for trouble in planned.troubles:
        yield paragraph(planned.scenario.file, trouble.at, trouble.message)


def paragraph(file: str, line: int, message: str) -> str:
    """``file:line: message``, further lines of the message indented."""
    first, *rest = message.splitlines()
    return "\n".join([f"{file}:{line}: {first}", *(f"    {each.strip()}" for each in rest)])

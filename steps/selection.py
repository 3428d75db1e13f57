"""Which scenarios a command line means: files, folders, and FILE:LINE."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from smslab.simulator.nearest import nearest
from smslab.steps.engine.keys import distinct, item_name
from smslab.steps.engine.model import Scenario
from smslab.steps.engine.parsing import parse_file

SHIPPED = "smslab/features"
"""How messages and journals call the folder of the features that come with smslab."""

_AT_LINE = re.compile(r"(.+\.feature):(\d+)")


class NothingThere(Exception):
    """A path that names no feature file or folder; the message gives the nearest."""


def selected(paths: Iterable[str]) -> list[str]:
    """What pytest is to be given for ``paths``; for none, ./features or what comes with smslab.

    ``FILE:LINE`` is the example row in that line, else the scenario or outline that begins
    in or before it. Raises NothingThere.
    """
    arguments: list[str] = []
    for path in list(paths) or [_default()]:
        at = _AT_LINE.fullmatch(path)
        if at:
            arguments += _scenarios_at(_existing(at[1]), int(at[2]))
        else:
            arguments.append(str(_existing(path)))
    return arguments


def files_of(paths: Sequence[str]) -> list[Path]:
    """The files and folders that ``paths`` mean, a line left out. Raises NothingThere."""
    named = [_AT_LINE.fullmatch(path) for path in paths]
    files = [at[1] if at else path for at, path in zip(named, paths, strict=True)]
    return [_existing(path) for path in files or [_default()]]


def _default() -> str:
    return "features" if Path("features").is_dir() else SHIPPED


def _existing(path: str) -> Path:
    found = Path(path)
    if path.startswith(SHIPPED) and not found.exists():
        found = shipped() / path.removeprefix(SHIPPED).lstrip("/")
    if not found.exists():
        raise NothingThere(f"There is no file or folder {path}; {_hint(path)}")
    if found.is_file() and found.suffix != ".feature":
        raise NothingThere(f"{path} is not a feature file: its name must end in .feature.")
    return found


def shipped() -> Path:
    """The folder of the features that come with smslab."""
    import smslab.features

    return Path(smslab.features.__path__[0])


def _hint(path: str) -> str:
    known = [file.relative_to(Path.cwd()).as_posix() for file in Path.cwd().rglob("*.feature")]
    near = nearest(path, known)
    return f"did you mean {near}?" if near else "name a .feature file or a folder of them."


def _scenarios_at(file: Path, line: int) -> list[str]:
    """The example row in ``line``, else the scenario or outline that begins in or before it."""
    candidates = distinct(parse_file(file, str(file)))
    scenarios = [c if isinstance(c, Scenario) else c.scenario for c in candidates]
    headings = sorted({scenario.heading_at for scenario in scenarios})
    heading = max((at for at in headings if at <= line), default=headings[0])
    rows = [scenario for scenario in scenarios if scenario.at == line]
    chosen = rows or [scenario for scenario in scenarios if scenario.heading_at == heading]
    return [f"{file}::{item_name(scenario)}" for scenario in chosen]

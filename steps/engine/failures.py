"""What went wrong, in words: errors into messages, and records into paragraphs."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pytest

from smslab.reports.journal_file import ScenarioRecord
from smslab.steps.engine.places import shown_source
from smslab.steps.engine.whereabouts import where_it_stood

_MOST_FRAMES = 6
_TOOLS = frozenset({"_pytest", "pluggy", "pytest_bdd"})
_OWN = (Path(__file__).parent, Path(__file__).parent.parent)
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def explain(error: BaseException, function: Callable[..., object]) -> tuple[str, str | None]:
    """The message of an error that a step raised, and technical detail where words are not enough.

    Assertions and the errors of smslab explain themselves. Of any other the detail is the
    traceback from ``function`` on.
    """
    if isinstance(error, pytest.FixtureLookupError):
        place = _place_of(function)
        return f"the phrase asks for {error.argname!r}, which no fixture provides ({place}).", None
    said = _without_addresses(str(error)).strip()
    if isinstance(error, AssertionError | pytest.fail.Exception) or _is_ours(error):
        return said or f"an assertion without a message does not hold ({_raised_at(error)}).", None
    name = type(error).__name__
    message = f"{name}: {said}" if said else name
    return f"{message} ({_raised_at(error)})", _short_traceback(error, function)


def failure_text(record: ScenarioRecord, seed: int, rerun: str) -> str:
    """One paragraph on a scenario that did not pass: where, what, how it stood, how to rerun."""
    result, scenario = record.result, record.scenario
    assert result is not None
    at = result.at if result.at is not None else scenario.at
    lines = [f"{scenario.file}:{at}  {_heading(record)}".rstrip()]
    if result.step is not None:
        step = record.steps[result.step]
        lines.append(f"  {step.keyword} {step.text}")
    lines += [f"  {line}" for line in (result.message or result.status).splitlines()]
    if result.status == "failed":
        lines += [f"  {line}" for line in where_it_stood(record.events)]
    if result.status != "broken":
        lines.append(f"  seed {seed}; run it again with: {rerun}")
    if result.detail:
        lines += ["", *(f"  | {line}" for line in result.detail.splitlines())]
    return "\n".join(lines)


def _heading(record: ScenarioRecord) -> str:
    """The scenario and its values; nothing for what stands for a whole file."""
    scenario = record.scenario
    if scenario.name == Path(scenario.file).name:
        return ""
    values = ", ".join(f"{name}={value}" for name, value in (scenario.examples or {}).items())
    return f"{scenario.name} ({values})" if values else scenario.name


def _is_ours(error: BaseException) -> bool:
    return type(error).__module__.startswith("smslab.")


def _without_addresses(text: str) -> str:
    """The text without memory addresses, which differ from run to run."""
    return _ADDRESS.sub("", text)


def _short_traceback(error: BaseException, function: Callable[..., object]) -> str:
    start = _frame_of(error.__traceback__, function)
    every = list(traceback.extract_tb(start))
    frames = ([frame for frame in every if _is_of_interest(frame)] or every)[-_MOST_FRAMES:]
    for frame in frames:
        frame.filename = shown_source(frame.filename)
    lines = [*traceback.format_list(frames), *traceback.format_exception_only(error)]
    return _without_addresses("".join(lines)).rstrip()


def _is_of_interest(frame: traceback.FrameSummary) -> bool:
    """Whether a frame is not one of the tools that called the user's code."""
    file = Path(frame.filename)
    return file.parent not in _OWN and not _TOOLS.intersection(file.parts[:-1])


def _frame_of(trace: TracebackType | None, function: Callable[..., object]) -> TracebackType | None:
    """The part of the traceback that begins in ``function``; all of it if it never got there."""
    part = trace
    while part is not None and part.tb_frame.f_code is not getattr(function, "__code__", None):
        part = part.tb_next
    return part or trace


def _raised_at(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{shown_source(frames[-1].filename)}:{frames[-1].lineno}" if frames else "unknown place"


def _place_of(function: Callable[..., object]) -> str:
    code = getattr(function, "__code__", None)
    return f"{shown_source(code.co_filename)}:{code.co_firstlineno}" if code else repr(function)

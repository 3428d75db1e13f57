"""Step definitions of users that no feature can reach, which their authors cannot have meant."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from smslab.steps.engine.places import shown_path
from smslab.steps.engine.registry import Registry, StepDefinition

_DECORATORS = ("given", "when", "then", "step")


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A step definition, or the first of a file, and why nothing reaches it."""

    file: Path
    line: int
    message: str


def unreachable_steps(registry: Registry) -> Iterator[Unreachable]:
    """Definitions that say what an earlier one says: every step would be ambiguous."""
    first: dict[tuple[str, str], list[StepDefinition]] = {}
    for each in registry.definitions:
        same = first.setdefault((type(each.parser).__name__, each.phrase), [])
        known = next((d for d in same if _overlap(d, each)), None)
        same.append(each)
        if known is not None:
            said = (
                f"`{each.phrase}` is said by {known.place}, too, so a step that says it calls "
                "neither. Remove one of them, or reword it."
            )
            yield Unreachable(Path(each.file), each.line, said)


def unloaded_steps(folders: Iterable[Path]) -> Iterator[Unreachable]:
    """Files with step definitions that no conftest.py imports.

    Looked at are the files beside features and those in a folder ``steps`` there; further
    down may be anything, other projects and virtual environments included.
    """
    loaded = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    for folder in sorted(folders):
        for file in sorted([*folder.glob("*.py"), *folder.glob("steps/*.py")]):
            if str(file) in loaded or file.name.startswith("test_"):
                continue
            line = _first_step(file)
            if line is not None:
                shown = shown_path(file, Path.cwd())
                said = (
                    f"nothing loads {shown}, so no feature can use its steps. Move them to a "
                    "conftest.py beside the features, or import them there."
                )
                yield Unreachable(file, line, said)


def _overlap(one: StepDefinition, other: StepDefinition) -> bool:
    return one.kind is None or other.kind is None or one.kind == other.kind


def _first_step(file: Path) -> int | None:
    """The line of the first step definition of a Python file; None where it has none."""
    try:
        source = file.read_text(encoding="utf-8")
        tree = ast.parse(source) if "pytest_bdd" in source else ast.Module([], [])
    except (OSError, ValueError, SyntaxError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and _name(decorator.func) in _DECORATORS:
                    return decorator.lineno
    return None


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""

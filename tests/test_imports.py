"""Imports point one way: steps to reports to simulator, and no further than each may see."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("features", "reports", "simulator", "steps", "tests")
GHERKIN = ("gherkin", "cucumber_expressions", "cucumber_tag_expressions")
RUNNERS = ("pytest", "_pytest", "pytest_bdd", "xdist", "freezegun")
SCREEN = ("typer", "rich")

FORBIDDEN: Mapping[str, tuple[str, ...]] = {
    "smslab.simulator": (
        *("smslab.reports", "smslab.steps", "smslab.features"),
        *(*GHERKIN, *RUNNERS, *SCREEN, "pandas", "jinja2"),
    ),
    "smslab.reports": (
        *("smslab.steps", "smslab.features", "smslab.simulator.instance"),
        *(*GHERKIN, *RUNNERS, *SCREEN),
    ),
    "smslab.steps.language": ("smslab.steps.engine", "smslab.steps.plugin", "smslab.steps.cli"),
}
"""What the modules of a package may not import, themselves or through modules of ours."""


@dataclass(frozen=True, order=True)
class Import:
    """``module`` imports ``name`` in line ``at`` of its file."""

    module: str
    at: int
    name: str


def modules(root: Path) -> dict[str, Path]:
    """The modules of the checkout under the names that they are imported by."""
    found = {}
    for folder in ("reports", "simulator", "steps"):
        for path in sorted((root / folder).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(("smslab", *parts)).removesuffix(".__init__")] = path
    return found


def imports(module: str, path: Path) -> Iterator[Import]:
    """Every import in a file, also those within functions and for type checking."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(module, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from (Import(module, node.lineno, f"{origin}.{n.name}") for n in node.names)


def within(name: str, package: str) -> bool:
    """Whether ``name`` is ``package`` or something in it."""
    return name == package or name.startswith(f"{package}.")


def breaches(root: Path) -> list[str]:
    """Every forbidden import of the checkout, in words, with the chain that leads to it."""
    files = modules(root)
    graph = {module: sorted(imports(module, path)) for module, path in files.items()}
    found = []
    for module in files:
        for package, banned in FORBIDDEN.items():
            if within(module, package):
                found += list(_chains(graph, module, banned))
        for entry in graph[module]:
            if entry.name.startswith(".") or entry.name.split(".")[0] in FOLDERS:
                found.append(f"{module}:{entry.at}: {entry.name} is not imported as smslab.…")
    return found


def _chains(
    graph: Mapping[str, list[Import]], start: str, banned: tuple[str, ...]
) -> Iterator[str]:
    """The forbidden imports that a module leads to, each by its shortest chain."""
    queue: list[tuple[str, ...]] = [(start,)]
    visited = {start}
    while queue:
        chain = queue.pop(0)
        for entry in graph[chain[-1]]:
            if any(within(entry.name, package) for package in banned):
                yield f"{' -> '.join(chain)}:{entry.at}: may not import {entry.name}"
                continue
            for target in _loaded(entry.name):
                if target in graph and target not in visited:
                    visited.add(target)
                    queue.append((*chain, target))


def _loaded(name: str) -> list[str]:
    """What importing a name loads: the packages that it is in, and itself if it is a module."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


def test_no_module_imports_against_the_direction() -> None:
    assert breaches(ROOT) == []


@pytest.mark.parametrize(
    ("folder", "line", "breach"),
    [
        ("simulator", "import pandas as pd", "smslab.simulator.bad:1: may not import pandas"),
        (
            "simulator",
            "def f():\n    from smslab.reports import load",
            "smslab.simulator.bad:2: may not import smslab.reports.load",
        ),
        (
            "reports",
            "from smslab.simulator import instance",
            "smslab.reports.bad:1: may not import smslab.simulator.instance",
        ),
        (
            "reports",
            "from smslab.simulator.between import Instance",
            "smslab.reports.bad -> smslab.simulator.between:1: "
            "may not import smslab.simulator.instance.Instance",
        ),
        (
            "reports",
            "from smslab.simulator.package.module import value",
            "smslab.reports.bad -> smslab.simulator.package:1: "
            "may not import smslab.simulator.instance.Instance",
        ),
        (
            "steps/language",
            "import smslab.steps.engine.runner",
            "smslab.steps.language.bad:1: may not import smslab.steps.engine.runner",
        ),
        (
            "steps",
            "from simulator.rules import RULES",
            "smslab.steps.bad:1: simulator.rules.RULES is not imported as smslab.…",
        ),
        (
            "steps",
            "from . import plugin",
            "smslab.steps.bad:1: ..plugin is not imported as smslab.…",
        ),
    ],
)
def test_an_import_against_the_direction_is_found(
    tmp_path: Path, folder: str, line: str, breach: str
) -> None:
    between = "from smslab.simulator.instance import Instance"
    texts = {
        "simulator/between.py": between,
        "simulator/package/__init__.py": between,
        "simulator/package/module.py": "value = 1",
        f"{folder}/bad.py": line,
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert breach in breaches(tmp_path)

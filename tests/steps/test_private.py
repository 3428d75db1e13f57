"""The private names of pytest and pytest-bdd were tried with what is installed."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import smslab.steps as steps
from smslab.steps.engine.private import CHECKED_WITH


def minor(version: str) -> str:
    """The version without its last part: a patch release keeps what is private."""
    return ".".join(version.split(".")[:2])


def test_the_versions_that_were_tried_are_those_installed() -> None:
    installed = {name: minor(version(name)) for name in CHECKED_WITH}
    assert installed == {name: minor(checked) for name, checked in CHECKED_WITH.items()}, (
        "Another pytest or pytest-bdd is installed than the private names were checked with. "
        "If all tests pass, write the new versions into steps/engine/private.py."
    )


def test_no_other_module_uses_private_names() -> None:
    folder = Path(steps.__path__[0])
    users = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*.py")
        for name in ("_pytest", "_fixturemanager", "_getrequest", "pytest_bdd.compat")
        if f"from {name}" in file.read_text() or f".{name}" in file.read_text()
    }
    assert users == {"engine/private.py"}

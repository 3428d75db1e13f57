"""Garbage is searched for rarely where features run, and as ever where none do."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

TEST = "def test_it(): ..."
FEATURE = "Feature: f\n  Scenario: s\n    Given Ana is a consumer in Berlin\n"
SAY = """
import gc, sys, pytest
before = gc.get_threshold()
pytest.main(["-q", "--smslab-no-reports", "-pno:cacheprovider", *sys.argv[1:]])
print("as before:", gc.get_threshold() == before, gc.get_freeze_count() == 0)

class Last:
    def __del__(self):
        print("searched to the last")

last = Last()
last.itself = last
"""


@pytest.mark.parametrize(
    ("file", "searched"), [("f.feature", False), ("test_it.py", True)], ids=["features", "tests"]
)
def test_a_process_is_left_as_it_was_until_it_ends(
    folder: Folder, file: str, searched: bool
) -> None:
    folder.write("f.feature", FEATURE)
    folder.write("test_it.py", TEST)
    command = [sys.executable, "-c", SAY, file]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    assert "1 passed" in said
    assert "as before: True True" in said
    assert ("searched to the last" in said) is searched

"""What the paths of a command line mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import smslab.features
from smslab.steps.selection import NothingThere, selected

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

FEATURE = """
    Feature: People

      @N-2
      Scenario: a
        Given x

      Scenario Outline: b
        Given <n>
        Examples:
          | n |
          | 1 |
          | 2 |
"""


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (1, ["a"]),
        (4, ["a"]),
        (5, ["a"]),
        (7, ["b > n=1", "b > n=2"]),
        (10, ["b > n=1", "b > n=2"]),
        (11, ["b > n=1"]),
        (12, ["b > n=2"]),
        (99, ["b > n=1", "b > n=2"]),
    ],
)
def test_a_line_is_a_scenario_a_row_or_an_outline(
    folder: Folder, line: int, names: list[str]
) -> None:
    folder.write("people.feature", FEATURE)
    expected = [f"people.feature::{name}" for name in names]
    assert selected([f"people.feature:{line}"]) == expected


def test_files_and_folders_are_taken_as_they_are(folder: Folder) -> None:
    folder.write("a/people.feature", FEATURE)
    assert selected(["a", "a/people.feature"]) == ["a", "a/people.feature"]


def test_the_default_is_the_folder_features_or_what_ships(folder: Folder) -> None:
    shipped = Path(smslab.features.__path__[0])
    assert selected([]) == [str(shipped)]
    folder.write("features/people.feature", FEATURE)
    assert selected([]) == ["features"]


def test_what_ships_goes_by_the_name_that_reports_give_it(folder: Folder) -> None:
    shipped = Path(smslab.features.__path__[0])
    name = next(shipped.rglob("*.feature")).relative_to(shipped)
    assert selected([f"smslab/features/{name}"]) == [str(shipped / name)]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("peopel.feature", "did you mean people.feature?"),
        ("peopel.feature:3", "did you mean people.feature?"),
        ("zzz", "There is no file or folder zzz; name a .feature file"),
        ("notes.txt", "must end in .feature"),
        ("smslab/features/zzz.feature", "There is no file or folder smslab/features/zzz"),
    ],
)
def test_what_is_not_there_names_the_nearest(folder: Folder, path: str, said: str) -> None:
    folder.write("people.feature", FEATURE)
    folder.write("notes.txt", "")
    with pytest.raises(NothingThere) as raised:
        selected([path])
    assert said in str(raised.value)

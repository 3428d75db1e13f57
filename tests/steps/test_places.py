"""Files are called the same on every machine."""

from __future__ import annotations

from pathlib import Path

import pytest

import smslab.features
import smslab.steps.engine.model as module_of_ours
from smslab.steps.engine import places
from smslab.steps.engine.places import path_of, shown_path, shown_source


def test_a_file_inside_the_folder_of_the_run_is_relative_to_it(tmp_path: Path) -> None:
    assert shown_path(tmp_path / "a" / "b.feature", tmp_path) == "a/b.feature"


def test_a_file_outside_is_called_in_full(tmp_path: Path) -> None:
    assert shown_path(tmp_path / "b.feature", tmp_path / "a") == f"{tmp_path.as_posix()}/b.feature"


def test_what_comes_with_smslab_is_called_by_its_package(tmp_path: Path) -> None:
    shipped = Path(smslab.features.__path__[0]) / "time.feature"
    assert shown_path(shipped, tmp_path) == "smslab/features/time.feature"


def test_so_is_what_is_installed_in_the_folder_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / ".venv/lib/site-packages/smslab/steps"
    monkeypatch.setattr(places, "_own_folders", lambda: {"steps": installed})
    assert shown_path(installed / "cli.py", tmp_path) == "smslab/steps/cli.py"
    other = tmp_path / ".venv/lib/site-packages/other/steps.py"
    assert shown_path(other, tmp_path) == ".venv/lib/site-packages/other/steps.py"


def test_a_source_file(tmp_path: Path, monkeypatch: object) -> None:
    file = str(module_of_ours.__file__)
    assert shown_source(file).endswith("steps/engine/model.py")


def test_a_shown_path_leads_back_to_its_file(tmp_path: Path) -> None:
    for path in (tmp_path / "a/b.feature", Path(smslab.features.__path__[0]) / "time.feature"):
        assert path_of(shown_path(path, tmp_path), tmp_path) == path.absolute()

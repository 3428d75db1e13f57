"""The project file lists what the folders hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]


def test_every_folder_with_modules_is_a_listed_package() -> None:
    folders: dict[str, str] = SETUPTOOLS["package-dir"]
    found = {
        ".".join((package, *path.parent.relative_to(ROOT / folder).parts))
        for package, folder in folders.items()
        for path in (ROOT / folder).rglob("*.py")
    }
    assert sorted(found) == SETUPTOOLS["packages"]


def test_checks_see_the_packages_under_the_names_they_are_installed_by() -> None:
    links = ROOT / PROJECT["tool"]["mypy"]["mypy_path"]
    for package, folder in SETUPTOOLS["package-dir"].items():
        assert (links / package.replace(".", "/")).resolve() == ROOT / folder

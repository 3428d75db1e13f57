"""The wheel of this checkout, installed out of sight of the checkout itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("features", "reports", "simulator", "steps")


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it. ``wheel`` is the file, ``bin`` its commands."""

    wheel: Path
    bin: Path

    def run(self, command: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """What a command of the environment answers when it is called from a folder."""
        return _call([str(self.bin / command), *arguments], folder)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, built and installed without the network; dependencies are the tests' own."""
    scratch = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-P", "-m", "pip", "--disable-pip-version-check"]
    offline = ["--quiet", "--no-index", "--no-deps"]
    _checked([*pip, "wheel", *offline, "--no-build-isolation", "."], _source(scratch / "source"))
    [wheel] = (scratch / "source").glob("*.whl")
    environment = scratch / "environment"
    venv.create(environment, symlinks=True)
    _let_see_dependencies(environment)
    python = str(environment / "bin" / "python")
    _checked([*pip, "--python", python, "install", *offline, "--no-compile", str(wheel)], scratch)
    return Installed(wheel, environment / "bin")


def _source(target: Path) -> Path:
    """A copy of what the wheel is built from, so that the checkout stays clean."""
    unwanted = shutil.ignore_patterns("__pycache__")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, target / folder, ignore=unwanted)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, target)
    return target


def _let_see_dependencies(environment: Path) -> None:
    """Add the packages that the tests run with.

    Path files in folders that are added this way are not read, so an editable install of
    this checkout stays out of sight.
    """
    [site_packages] = environment.glob("lib/python*/site-packages")
    seen = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site_packages / "dependencies.pth").write_text("\n".join(sorted(seen)), encoding="utf-8")


def _checked(command: Sequence[str], folder: Path) -> None:
    done = _call(command, folder)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def _call(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command outside the checkout, without what this test run put in the environment."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST", "SMSLAB"))}
    return subprocess.run(
        command, cwd=folder, env=kept, capture_output=True, text=True, check=False, timeout=300
    )

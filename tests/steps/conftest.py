"""Feature files in a folder of their own, run with phrases that a test writes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from types import ModuleType, SimpleNamespace

import pytest

from smslab.reports.journal_file import JournalFile, ScenarioRecord, read
from smslab.simulator.clock import VirtualClock
from smslab.simulator.journal import Journal
from smslab.simulator.policy import Policy
from smslab.steps.engine.direct import run_planned
from smslab.steps.engine.planning import plan_features
from smslab.steps.engine.registry import Registry
from smslab.steps.engine.stage import Stage


@dataclass
class FakeScene:
    """A scene that complains at the end about what steps put into ``unexplained``."""

    unexplained: str | None = None

    def close(self) -> None:
        if self.unexplained:
            raise AssertionError(self.unexplained)


def fake_stage(seed: int, policy: Policy) -> Stage:
    """A stage without a simulator; the instance tells seed and policy, and has the journal."""
    journal = Journal()
    instance = SimpleNamespace(seed=seed, policy=policy, journal=journal)
    return Stage(instance, FakeScene(), journal, VirtualClock())


def phrases(source: str) -> Registry:
    """The registry of the step definitions in ``source``."""
    module = ModuleType("phrases_of_a_test")
    imports = "from pytest_bdd import given, when, then, step, parsers\n"
    imports += "from smslab.steps.language.parser import parse\nimport pytest\n"
    exec(compile(imports + dedent(source), "phrases.py", "exec"), module.__dict__)
    return Registry([module])


ENVIRONMENT = {
    "SMSLAB_HISTORY": "off",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
}
"""What keeps a test away from the history and the keyring of whoever runs it."""


@dataclass
class Folder:
    """A folder with feature files, in which the engine and the command can be run."""

    path: Path
    environment: dict[str, str] = field(default_factory=lambda: dict(ENVIRONMENT))

    def write(self, name: str, text: str) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return file

    def run(self, feature: str, source: str) -> list[ScenarioRecord]:
        """Run one feature on a fake stage, without pytest; by key."""
        planned = plan_features([self.write("one.feature", feature)], phrases(source))
        return run_planned(planned, stage_factory=fake_stage)

    def smslab(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command `smslab`."""
        code = "import sys; sys.argv[0] = 'smslab'; from smslab.steps.cli import main; main()"
        return self._python("-c", code, *arguments)

    def pytest(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command `pytest`, without plugins that are slow to start and not needed."""
        left_out = [f"-pno:{name}" for name in ("cacheprovider", "faker", "hypothesispytest")]
        return self._python("-m", "pytest", *left_out, *arguments)

    def journal(self, results: str = "results/latest") -> JournalFile:
        """The journal that a run left."""
        return read(self.path / results)

    def statuses(self, results: str = "results/latest") -> dict[str, str]:
        """What became of every scenario, by key, says the journal."""
        journal = self.journal(results)
        assert not journal.damage
        return {r.scenario.scenario: r.result.status for r in journal.scenarios if r.result}

    def _python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.path,
            env={**os.environ, "COLUMNS": "200", **self.environment},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)


@pytest.fixture(name="phrases")
def phrases_fixture() -> Callable[[str], Registry]:
    """The registry of step definitions in Python source."""
    return phrases

"""The Cucumber extension of VS Code finds and completes our phrases: asked of its own service."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import smslab.features
from smslab.steps.engine.direct import language
from smslab.steps.engine.planning import plan_features
from smslab.steps.phrase_book import Usage, phrase_book
from smslab.steps.phrase_lines import as_data

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FEATURES = Path(smslab.features.__path__[0])
TYPED = """Feature: f
  Scenario: s
    Given Éva is a consumer in the United Kingdom
    When Cleo texts
    Then nobody knows this
"""


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    usage = Usage(language(), [FEATURES])
    return as_data(phrase_book(language(), usage, usage))


@pytest.fixture(scope="module")
def answer(data: dict[str, Any]) -> dict[str, Any]:
    """What the language service says of the phrases and features of this checkout."""
    if shutil.which("node") is None or not (HERE / "node_modules").is_dir():
        how = "node 20, then: npm ci --omit=optional --ignore-scripts --prefix tests/editors"
        if os.environ.get("SMSLAB_CI"):
            pytest.fail(f"in CI the language service must be there; install {how}")
        pytest.skip(f"left out: the setup of VS Code; for it, install {how}")
    glue = sorted((ROOT / "steps/language").glob("*.py"))
    features = sorted(FEATURES.rglob("*.feature"))
    asked = {
        "settings": data["settings"],
        "glue": {path.name: path.read_text(encoding="utf-8") for path in glue},
        "features": {path.name: path.read_text(encoding="utf-8") for path in features},
        "typed": [{"feature": TYPED, "line": line} for line in (3, 4, 5)],
    }
    ended = subprocess.run(
        ["node", str(HERE / "recognise.mjs")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    said: dict[str, Any] = json.loads(ended.stdout)
    return said


def test_every_phrase_is_found_as_the_expression_that_it_is(
    data: dict[str, Any], answer: dict[str, Any]
) -> None:
    assert answer["errors"] == []
    ours = {phrase["phrase"] for phrase in data["phrases"]}
    assert ours <= {found["text"] for found in answer["phrases"]}
    assert {found["kind"] for found in answer["phrases"]} == {"CucumberExpression"}


def test_a_step_of_the_shipped_features_is_underlined_only_if_no_phrase_says_it(
    answer: dict[str, Any],
) -> None:
    undefined = {
        f"{Path(planned.scenario.file).name}:{trouble.at}"
        for planned in plan_features([FEATURES], language())
        for trouble in planned.troubles
    }
    underlined = {problem.partition(": ")[0] for problem in answer["underlined"]}
    assert underlined == undefined


def test_a_step_leads_to_its_definition(data: dict[str, Any], answer: dict[str, Any]) -> None:
    phrase = "{parties} is a {party kind} in the {place}"
    (entry,) = [each for each in data["phrases"] if each["phrase"] == phrase]
    (place,) = answer["goesTo"][0]
    file, _, line = place.partition(":")
    assert file == Path(entry["file"]).name
    assert 0 <= int(line) - entry["line"] < 6
    assert answer["goesTo"][2] == []


def test_what_is_typed_is_completed(answer: dict[str, Any]) -> None:
    assert "{agent} texts {party} {string}" in answer["typed"][1]
    assert any("texts" in label for label in answer["typed"][1])

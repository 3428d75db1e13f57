"""The features run under stock pytest-bdd, too, and end as they end under our engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import smslab.features
from smslab.steps.engine.direct import run_features
from smslab.steps.engine.registry import language_modules

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

CONFTEST = """
    import json
    import pytest
    from smslab.steps.engine.model import scenario_key

    pytest_plugins = {modules}
    KEY = pytest.StashKey()

    def pytest_bdd_before_scenario(request, feature, scenario):
        rule = scenario.rule and scenario.rule.name
        examples = request.getfixturevalue("_pytest_bdd_example") or None
        key = scenario_key(feature.name, rule, scenario.name, examples)
        request.node.stash[KEY] = [key, True]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(item, call):
        report = yield
        if KEY in item.stash:
            item.stash[KEY][1] &= report.passed
        return report

    def pytest_sessionfinish(session):
        outcomes = dict(item.stash[KEY] for item in session.items)
        with open("outcomes.json", "w") as stream:
            json.dump(outcomes, stream)
"""

NOT_ALL_PASS = """
    Feature: Not all of this passes
      Background:
        Given Ana and Ben are consumers in Berlin

      Scenario: this passes
        Given Ana's mobile number is "0151 23456789"

      Scenario Outline: one row fails
        Given <name>'s mobile number is "0151 23456789"
        Examples:
          | name |
          | Ana  |
          | Zoe  |

      Rule: Strictness
        Scenario: this is undefined
          Given nobody wrote this phrase
"""


def test_every_scenario_ends_the_same(folder: Folder) -> None:
    features = [Path(smslab.features.__path__[0]), folder.write("more/f.feature", NOT_ALL_PASS)]
    names = [module.__name__ for module in language_modules()]
    folder.write("conftest.py", CONFTEST.format(modules=names))
    folder.write("pytest.ini", "[pytest]\nsmslab_collect = false\n")
    folder.write(
        "test_features.py",
        f"from pytest_bdd import scenarios\nscenarios({str(features[0])!r}, 'more')\n",
    )
    ended = folder.pytest("-q", "-W", "ignore", "test_features.py")
    stock = json.loads((folder.path / "outcomes.json").read_text())
    ours = {
        record.scenario.scenario: record.result.status == "passed"
        for record in run_features(features)
        if record.result
    }
    assert stock == ours, ended.stdout[-2000:]
    assert sorted(key for key, passed in ours.items() if not passed) == [
        "Not all of this passes > Strictness > this is undefined",
        "Not all of this passes > one row fails > name=Zoe",
    ]

"""The fixtures that every step definition can ask for.

Under smslab's own collection they are those of the running scenario; under stock
pytest-bdd, and in plain tests, every test gets an instance of its own, and what the scene
left unexplained is an error of the tear-down.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from smslab.steps.engine.attaching import Attach
from smslab.steps.engine.items import ScenarioItem
from smslab.steps.engine.model import scenario_seed
from smslab.steps.engine.stage import Stage, StageOnDemand
from smslab.steps.settings import settings_of


@pytest.fixture
def smslab_stage(request: pytest.FixtureRequest) -> Stage:
    """The stage of this test: instance, scene, journal and clock."""
    if isinstance(request.node, ScenarioItem):
        return request.node.stage
    settings = settings_of(request.config)
    return settings.stage(scenario_seed(settings.seed, request.node.nodeid))


@pytest.fixture
def instance(smslab_stage: Stage) -> object:
    """The simulated instance of this scenario, under the policy of the run."""
    return smslab_stage.instance


@pytest.fixture
def attach(request: pytest.FixtureRequest) -> Attach:
    """Keeps text, JSON, pictures and links with the running step, for every report.

    ``attach(body, media_type, file_name=None)``; under stock pytest-bdd, whose reports know
    no attachments, they are checked and dropped.
    """
    if isinstance(request.node, ScenarioItem):
        return request.node.attach
    settings, key = settings_of(request.config), request.node.nodeid
    return Attach(key, StageOnDemand(lambda: settings.stage(scenario_seed(settings.seed, key))))


@pytest.fixture
def scene(request: pytest.FixtureRequest, smslab_stage: Stage) -> Iterator[object]:
    """What the phrases share in this scenario: who was introduced, what was sent last."""
    yield smslab_stage.scene
    if not isinstance(request.node, ScenarioItem):
        smslab_stage.scene.close()

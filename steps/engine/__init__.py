"""The engine: feature files to scenarios, scenarios to outcomes.

``parsing`` reads files, ``registry`` holds the phrases, ``planning`` binds one to the
other before anything runs, ``runner`` runs one scenario, ``direct`` runs many without
pytest. ``private`` has every private name of pytest and pytest-bdd.
"""

from smslab.steps.engine.direct import run_features, run_planned
from smslab.steps.engine.planning import plan_features

__all__ = ["plan_features", "run_features", "run_planned"]

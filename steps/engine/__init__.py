"""The engine: feature files to scenarios, scenarios to outcomes.

``parsing`` reads files, ``registry`` holds the phrases, ``planning`` binds one to the
other before anything runs, ``runner`` runs one scenario, ``direct`` runs many without
pytest. ``private`` has every private name of pytest and pytest-bdd.
"""

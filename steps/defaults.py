"""What a run takes where nobody says otherwise."""

DEFAULT_SEED = 1
DEFAULT_RESULTS = "results/latest"

HISTORY_VARIABLE = "SMSLAB_HISTORY"
"""The variable of the environment that may hold the address of the history."""

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""How many objects there have to be more before garbage is looked for, in a process of smslab."""

"""What a run takes where nobody says otherwise."""

DEFAULT_SEED = 1
DEFAULT_RESULTS = "results/latest"

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""How many objects there have to be more before garbage is looked for, in a process of smslab."""

"""What a run takes where nobody says otherwise."""

DEFAULT_SEED = 1
DEFAULT_RESULTS = "results/latest"

"""A served instance of ours with its control area: it can do all that one in this process can."""

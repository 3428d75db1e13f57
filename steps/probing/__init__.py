"""Which world are we in: from what an instance does to the settings that it behaves like."""

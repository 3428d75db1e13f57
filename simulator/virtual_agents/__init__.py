"""The virtual agent: its topics, and how conversations end (W-5, T-4, S-5)."""

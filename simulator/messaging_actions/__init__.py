"""Messaging actions: what happens when nobody answers (T-1 to T-3)."""

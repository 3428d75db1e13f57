"""The simulated provider: what becomes of messages after the instance has handed them over."""

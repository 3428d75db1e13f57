"""Requesters who text the company (R-1 to R-3, M-1 to M-6, O-1)."""

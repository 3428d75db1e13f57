"""The HTML page: one file, nothing fetched, the same bytes for the same journal."""

from __future__ import annotations

from smslab.reports.page.rendering import render

__all__ = ["render"]

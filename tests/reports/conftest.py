"""Fixtures of the report tests."""

from __future__ import annotations

import pytest

from smslab.reports import journal_file
from tests.reports.synthetic import mixed_journal


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a whole journal."""
    path = tmp_path_factory.mktemp("whole") / "journal.jsonl"
    journal_file.write(path, mixed_journal())
    return path.read_bytes()

"""A process that leaves quickly has written out whatever it held."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HOLDING = """
from smslab.steps.leaving import leave_quickly

class Holder:
    def __init__(self, file):
        self.file, self.itself = file, self

leave_quickly()
text = Holder(open("text", "w"))
text.file.write("kept")
both = Holder(open("bytes", "w+b"))
both.file.write(b"kept as well")
closed = Holder(open("closed", "w"))
closed.file.close()
"""


def test_what_a_file_in_a_cycle_holds_is_not_lost(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", HOLDING], cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "text").read_text() == "kept"
    assert (tmp_path / "bytes").read_bytes() == b"kept as well"

"""All features in this process and over HTTP: the journals must be equal, byte by byte.

Run as ``python -m tests.features.over_http`` in the checkout; the exit status is 0 if so.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.steps.targets.conftest import FEATURES, served

COMMAND = "import sys; sys.argv[0] = 'smslab'; from smslab.steps.cli import main; main()"


def journal(results: Path, *options: str) -> bytes | None:
    """The journal of a run of all features; None where one did not pass."""
    words = ["run", str(FEATURES), "--no-reports", "--results", str(results), *options]
    ran = subprocess.run([sys.executable, "-c", COMMAND, *words], check=False)
    return None if ran.returncode else (results / "journal.jsonl").read_bytes()


def main() -> int:
    """Run all features both ways and compare; the exit status."""
    with tempfile.TemporaryDirectory() as folder, served() as url:
        here = journal(Path(folder) / "here")
        there = journal(Path(folder) / "there", "--target", url)
    equal = here is not None and here == there
    sys.stdout.write(f"journals in process and over HTTP: {'equal' if equal else 'DIFFERENT'}\n")
    return 0 if equal else 1


if __name__ == "__main__":
    raise SystemExit(main())

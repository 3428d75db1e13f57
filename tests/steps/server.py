"""`smslab serve` as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVE = (sys.executable, "-c", "from smslab.steps.cli import main; main()", "serve", "--port", "0")
PATIENCE = 60


@dataclass(frozen=True)
class Server:
    """A server under way, at its address."""

    process: subprocess.Popen[str]
    url: str
    warned: str

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    """A server with these options, until the end of the block."""
    process = subprocess.Popen(
        [*SERVE, *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        while said[-1] and not said[-1].startswith("Serving on http"):
            said.append(process.stdout.readline())
        assert said[-1].startswith("Serving on http"), "".join(said)
        yield Server(process, said[-1].split()[-1], "".join(said[:-1]))
    finally:
        if process.poll() is None:
            process.terminate()  # not by Ctrl-C, which is ignored in the background of a shell
        process.communicate(timeout=PATIENCE)

"""The state file: a line for how an instance began, and one for every command since.

Commands are written before they are answered, so a server that is killed has everything
that it acknowledged. An instance is deterministic: the commands make it again, ids and
journal included. A last line that was not finished was not acknowledged, and is dropped.
"""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import Any, BinaryIO

_FORMAT = 1


def first_line(beginning: dict[str, Any]) -> dict[str, Any]:
    """The line with which an instance begins; what stands before it counts no more."""
    return {"format": _FORMAT, **beginning}


def is_beginning(line: dict[str, Any]) -> bool:
    """Whether an instance begins with a line."""
    return line.get("format") == _FORMAT


class BadStateFile(ValueError):
    """The file cannot be used; the message says where and why, and what to do."""


class NotWritten(OSError):
    """What was done could not be written; the server has to stop, and start anew."""


class StateFile:
    """An open state file, locked for this process."""

    def __init__(self, path: Path, sync: bool = False) -> None:
        """Open or make the file. ``sync`` waits for the disk after every line.

        Raises BadStateFile for a file that cannot be opened or that another server uses.
        """
        self._path = path
        self._sync = sync
        self._end = 0
        self.failed: str | None = None
        """Why the file can no longer be written, None while it can."""
        self.dropped = 0
        """How many bytes of a line that was not finished were cut off."""
        try:
            self._file: BinaryIO = path.open("r+b" if path.exists() else "x+b", buffering=0)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadStateFile(f"{path} is in use by another server; choose another.") from None
        except OSError as error:
            raise BadStateFile(f"{path} cannot be opened: {error.strerror}.") from None

    def read(self) -> list[tuple[int, dict[str, Any]]]:
        """The whole lines since the last beginning, with their numbers from 1.

        What was torn off at the end is cut off. Raises BadStateFile for a line that is not
        one of a state file.
        """
        found: list[tuple[int, dict[str, Any]]] = []
        self._file.seek(0)
        with self._path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith(b"\n"):
                    break
                content = self._read(number, line)
                if is_beginning(content):
                    found.clear()
                found.append((number, content))
                self._end += len(line)
        self.dropped = self._path.stat().st_size - self._end
        self._file.truncate(self._end)
        self._file.seek(self._end)
        return found

    def _read(self, number: int, line: bytes) -> dict[str, Any]:
        try:
            content = json.loads(line)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict) or (number == 1 and not is_beginning(content)):
            raise BadStateFile(
                f"{self._path}:{number} is no line of a state file of this version; "
                "choose another file, or move this one away."
            )
        return content

    def append(self, line: dict[str, Any]) -> None:
        """Write a line. Raises NotWritten, then and ever after, where that fails."""
        if self.failed:
            raise NotWritten(self.failed)
        data = json.dumps(line, separators=(",", ":")).encode() + b"\n"
        try:
            if self._file.write(data) != len(data):
                raise OSError("the line was written in part only")
            if self._sync:
                os.fsync(self._file.fileno())
        except OSError as error:
            self.failed = f"{self._path} cannot be written: {error.strerror or error}."
            raise NotWritten(self.failed) from None
        self._end += len(data)

    def close(self) -> None:
        """Close the file; it stays as it is."""
        self._file.close()

"""Files that are either the old one or the whole new one, never half of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def can_be_written(path: Path) -> bool:
    """Whether :func:`replacing` will probably do: to be asked before long work for a file."""
    folder = next(each for each in path.absolute().parents if each.exists())
    return folder.is_dir() and os.access(folder, os.W_OK) and not path.is_dir()


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A stream (utf-8) whose text takes the place of ``path`` when the block ends well.

    Missing folders are made. If the block raises, ``path`` stays as it was. Raises
    OSError where the folder cannot be written to.
    """
    with (
        drafted(path) as draft,
        draft.open("w", encoding="utf-8", errors="replace", newline="\n") as stream,
    ):
        yield stream


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """A path beside ``path`` for a file that takes its place when the block ends well.

    Missing folders are made. If the block raises, ``path`` stays as it was. Raises
    OSError where the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        yield draft
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)

"""Files that a command writes because it was told to: never half, never over another."""

from __future__ import annotations

from pathlib import Path

from smslab.steps.commands.misuse import Misuse


def write_new(path: Path, text: str, *, force: bool) -> None:
    """Write ``text`` to ``path``, atomically. Raises Misuse where a file is there already.

    With ``force`` the text takes the place of that file.
    """
    from smslab.reports.atomic import replacing

    if path.exists() and not force:
        raise Misuse(f"{path} is there already. Name another file, or replace it with --force.")
    if path.is_dir():
        raise Misuse(f"{path} is a folder. Name a file in it.")
    try:
        with replacing(path) as stream:
            stream.write(text)
    except OSError as error:
        reason = error.strerror or error
        raise Misuse(f"{path} cannot be written: {reason}. Choose another file.") from None

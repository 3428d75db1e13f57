"""The frames of a run as Parquet files, one each; needs pyarrow (the extra ``parquet``)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from smslab.reports.atomic import drafted
from smslab.reports.run import FRAMES, Run


class NoParquet(ImportError):
    """pyarrow is not installed; the message says how to install it."""


def write_parquet(run: Run, folder: Path) -> list[Path]:
    """Write ``scenarios.parquet`` and so on into ``folder``, each atomically; returns their paths.

    Columns and types are those of the frames. Raises NoParquet without pyarrow, and OSError
    where the files cannot be written.
    """
    need_pyarrow()
    paths = []
    for name in FRAMES:
        paths.append(folder / f"{name}.parquet")
        with drafted(paths[-1]) as draft:
            getattr(run, name).to_parquet(draft, engine="pyarrow", compression="zstd", index=False)
    return paths


def need_pyarrow() -> None:
    """Raise NoParquet where pyarrow is missing."""
    if find_spec("pyarrow") is None:
        raise NoParquet(
            "Parquet needs pyarrow, which is not installed. Install it with: "
            "pip install 'smslab[parquet]'"
        )

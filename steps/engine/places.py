"""How files are called in messages and journals: the same on every machine, where possible."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_INSTALLED = frozenset({"site-packages", "dist-packages"})


def shown_path(path: Path, base: Path) -> str:
    """The name of a file: posix, relative to ``base`` where it lies inside.

    A file that comes with smslab is called by its place in the package, such as
    ``smslab/features/time.feature``, where it lies elsewhere or is installed in ``base``.
    """
    absolute = path.absolute()
    inside = absolute.is_relative_to(base)
    if inside and not _INSTALLED.intersection(absolute.parts):
        return absolute.relative_to(base).as_posix()
    for name, folder in _own_folders().items():
        if absolute.is_relative_to(folder):
            return ("smslab" / Path(name) / absolute.relative_to(folder)).as_posix()
    return (absolute.relative_to(base) if inside else absolute).as_posix()


def path_of(shown: str, base: Path) -> Path:
    """The file that :func:`shown_path` calls ``shown``."""
    package, _, inside = shown.partition("/")
    name, _, rest = inside.partition("/")
    own = _own_folders().get(name) if package == "smslab" else None
    if own is not None and not (base / shown).exists():
        return own / rest
    return base / shown


def shown_source(file: str) -> str:
    """The name of a Python file, as :func:`shown_path` from the current folder."""
    return shown_path(Path(file), Path.cwd())


@cache
def _own_folders() -> dict[str, Path]:
    """Where the packages of smslab are; an editable install has no folder smslab."""
    folders = {}
    for name in ("features", "reports", "simulator", "steps"):
        spec = find_spec(f"smslab.{name}")
        if spec is not None and spec.submodule_search_locations:
            folders[name] = Path(spec.submodule_search_locations[0]).absolute()
    return folders

"""The extensions of a run: classes from modules that the user names, and of installed packages.

A module's extensions are the classes in it that derive from an extension point and can be
made without arguments. Every scenario registers a new object of each class, so that nothing
is carried from one scenario to the next.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
import traceback
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from smslab.simulator.errors import Refused
from smslab.simulator.extensions.extension_points import POINTS, ExtensionPoint
from smslab.simulator.extensions.extensions import Extensions
from smslab.simulator.extensions.isolation import INSTRUCTIONS, TooLong, bounded
from smslab.simulator.nearest import nearest

GROUP = "smslab.extensions"
"""The group of packaging entry points; each names a class or a module of extensions."""

ExtensionClass: TypeAlias = type[ExtensionPoint]


class BadExtension(Exception):
    """An extension cannot be loaded or registered; the message says which, why and what to do."""


def extensions_of_run(names: Iterable[str], folder: Path) -> tuple[ExtensionClass, ...]:
    """The classes of installed packages, then those of the modules and files named.

    ``names`` are those of modules, or paths to ``.py`` files, from ``folder``. Raises
    BadExtension for one that cannot be loaded, has no extension, or whose extensions cannot
    be registered together.
    """
    found = [*_installed(), *(each for name in names for each in _named(name, folder))]
    classes = tuple(dict.fromkeys(found))
    registry = Extensions()
    for each in classes:
        try:
            registry.add(registry.checked(made(each)))
        except Refused as refusal:
            raise BadExtension(refusal.reason) from None
    return classes


def made(extension: ExtensionClass) -> ExtensionPoint:
    """A new object of a class. Raises BadExtension where that fails."""
    what = f"The extension {extension.__module__}.{extension.__name__} cannot be made:"
    try:
        return bounded(extension)
    except TooLong:
        raise BadExtension(f"{what} it did not end within {INSTRUCTIONS} instructions.") from None
    except Exception as error:
        raise BadExtension(
            f"{what} {_said(error)} An extension is made without arguments."
        ) from None


def _installed() -> Iterator[ExtensionClass]:
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        yield from _of_entry_point(point)


def _of_entry_point(point: EntryPoint) -> Iterable[ExtensionClass]:
    what = f"The installed extension {point.name!r} ({point.value})"
    try:
        loaded = point.load()
    except Exception as error:
        raise BadExtension(f"{what} cannot be loaded: {_said(error)}") from None
    if isinstance(loaded, ModuleType):
        return _in_module(loaded, what)
    if _is_extension(loaded):
        return [loaded]
    raise BadExtension(f"{what} is neither a module nor a class of an extension point.")


def _named(name: str, folder: Path) -> list[ExtensionClass]:
    try:
        module = _from_file(folder / name) if name.endswith(".py") else _imported(name, folder)
    except BadExtension:
        raise
    except Exception as error:
        raise BadExtension(f"The extension {name} cannot be loaded: {_said(error)}") from None
    return _in_module(module, f"The module {name}")


@cache
def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        near = nearest(path.name, sorted(file.name for file in path.parent.glob("*.py")))
        hint = f" Did you mean {near}?" if near else ""
        raise BadExtension(f"There is no file {path}.{hint}")
    name = f"smslab_extension_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise BadExtension(f"{path} is not a Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _imported(name: str, folder: Path) -> ModuleType:
    """The module of this name, also from ``folder``; installed packages come first."""
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise
    near = nearest(name, sorted(file.stem for file in folder.glob("*.py")))
    hint = f"did you mean {near}?" if near else "a file is named by its path, which ends in .py."
    raise BadExtension(f"There is no module {name}; {hint}")


def _in_module(module: ModuleType, what: str) -> list[ExtensionClass]:
    classes = [
        each
        for each in vars(module).values()
        if _is_extension(each) and each.__module__ == module.__name__
    ]
    if not classes:
        points = ", ".join(point.__name__ for point in POINTS)
        raise BadExtension(f"{what} has no class that derives from an extension point: {points}.")
    return classes


def _is_extension(thing: object) -> bool:
    return (
        isinstance(thing, type)
        and issubclass(thing, ExtensionPoint)
        and thing not in POINTS
        and not inspect.isabstract(thing)
    )


def _said(error: Exception) -> str:
    """An error in one line, with the place in the code that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    if isinstance(error, SyntaxError):
        place = f" ({error.filename}:{error.lineno})"
    return (
        f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}{place}."
    )

"""Steps of the user's own, where no pytest loads them: conftest.py files and named modules."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from smslab.steps.engine.registry import Registry, language_modules
from smslab.steps.engine.vocabulary import Vocabulary


class CannotLoad(Exception):
    """A module with steps cannot be imported; the message says which, and why."""


class Phrases:
    """The phrases that each feature file can use.

    ``plugins`` are names of modules whose steps count everywhere. Raises CannotLoad, as
    :meth:`of` does.
    """

    def __init__(self, plugins: Iterable[str] = ()) -> None:
        folder = str(Path.cwd())
        if folder not in sys.path:
            sys.path.append(folder)
        self._vocabulary = Vocabulary(language_modules())
        self._plugins = [_named(name) for name in plugins]
        self._conftests: dict[Path, ModuleType] = {}
        self._known: dict[Path, Registry] = {}

    def of(self, file: Path) -> Registry:
        """The language, and the steps of every conftest.py on the way to ``file``."""
        if file not in self._known:
            modules = [*self._plugins, *self._around(file)]
            self._known[file] = self._vocabulary.registry(file.absolute(), modules)
        return self._known[file]

    def _around(self, file: Path) -> Sequence[ModuleType]:
        inside = file.absolute().relative_to(Path.cwd()).parents if _is_here(file) else ()
        folders = [Path.cwd() / folder for folder in reversed(inside)] or [file.absolute().parent]
        return [self._conftest(f / "conftest.py") for f in folders if (f / "conftest.py").is_file()]

    def _conftest(self, path: Path) -> ModuleType:
        if path not in self._conftests:
            self._conftests[path] = _loaded(path)
        return self._conftests[path]


def _is_here(file: Path) -> bool:
    return file.absolute().is_relative_to(Path.cwd())


def _loaded(path: Path) -> ModuleType:
    name = "smslab_conftest_" + "_".join(path.with_suffix("").parts[1:])
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise CannotLoad(f"{path} cannot be loaded: {_said(error)}") from error
    return module


def _named(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:
        raise CannotLoad(f"The module {name} (-p) cannot be loaded: {_said(error)}") from error


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}. Put that right, then check again."

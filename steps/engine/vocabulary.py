"""The phrases of a run: the language, and the step definitions that a folder adds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from smslab.steps.engine.registry import Registry


class Vocabulary:
    """The registries of a run: the language, and the step definitions that a folder adds."""

    def __init__(self, language: Sequence[ModuleType]) -> None:
        self._language = tuple(language)
        self._known: dict[tuple[int, ...], Registry] = {}

    def registry(self, file: Path, plugins: Sequence[object]) -> Registry:
        """The phrases for ``file``: a conftest.py counts for its folder, a plugin everywhere."""
        modules = [
            plugin
            for plugin in plugins
            if isinstance(plugin, ModuleType) and _reaches(plugin, file)
        ]
        key = tuple(id(module) for module in modules)
        if key not in self._known:
            self._known[key] = Registry([*self._language, *modules])
        return self._known[key]


def _reaches(plugin: ModuleType, file: Path) -> bool:
    folder, _, name = (plugin.__file__ or "").rpartition(os.sep)
    return name != "conftest.py" or file.is_relative_to(folder)

"""Policies as files: a TOML file that sets switches, system properties and timers.

The three tables hold the settings of :data:`~smslab.simulator.policy.SETTINGS` by kind; what
a file leaves out keeps its default. ::

    [switches]
    queued_interaction = "close_and_create"
    match_consumers = false

    [properties]
    glide.phone_number_e164.strict = false

    [timers]
    agent_response = "45 minutes"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from smslab.simulator.nearest import nearest
from smslab.simulator.policy import SETTINGS, BadValue, Policy, Setting
from smslab.simulator.setting import Kind

TABLES: Mapping[str, Kind] = {"switches": "switch", "properties": "property", "timers": "timer"}
"""The kind of the settings in each table."""


class BadPolicyFile(ValueError):
    """The file cannot be used; the message says where and what is wrong, and what would do."""


def read_policy(path: Path) -> Policy:
    """The policy of a file. Raises BadPolicyFile for a file or a setting that cannot be used."""
    policy = Policy()
    for table, content in _tables(path).items():
        for name, value in _settings_in(_checked(path, table, content)):
            setting = _setting(path, table, name)
            text = _text(path, table, setting, value)
            try:
                policy = policy.changed(name, text)
            except BadValue as error:
                raise BadPolicyFile(f"{path}: {table}.{name}: {error}") from None
    return policy


def _tables(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise BadPolicyFile(f"{path} cannot be read: {error.strerror}.{_near(path)}") from None
    except UnicodeDecodeError:
        raise BadPolicyFile(f"{path} is not UTF-8 text, which TOML has to be.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadPolicyFile(f"{path} is not TOML: {error}") from None


def _near(path: Path) -> str:
    folder = path.parent if path.parent.is_dir() else Path()
    names = sorted(file.name for file in folder.glob("*.toml"))
    near = nearest(path.name, names)
    return f" Did you mean {folder / near}?" if near else ""


def _checked(path: Path, table: str, content: object) -> dict[str, object]:
    """The settings of a table that may be there. Raises BadPolicyFile for another."""
    if table in TABLES and isinstance(content, dict):
        return content
    tables = ", ".join(f"[{name}]" for name in TABLES)
    if table in TABLES:
        raise BadPolicyFile(f"{path}: {table} is a table: write [{table}], then its settings.")
    if table in SETTINGS:
        raise BadPolicyFile(f"{path}: {table} belongs into the table [{_table_of(table)}].")
    near = nearest(table, TABLES)
    hint = f"did you mean [{near}]?" if near else f"the tables are {tables}."
    raise BadPolicyFile(f"{path}: there is no table [{table}]; {hint}")


def _settings_in(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """The settings of a table; the dots of a name such as ``glide.x.y`` make TOML tables."""
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value and name not in SETTINGS:
            yield from _settings_in(value, f"{name}.")
        else:
            yield name, value


def _setting(path: Path, table: str, name: str) -> Setting:
    kind, setting = TABLES[table], SETTINGS.get(name)
    if setting is not None and setting.kind == kind:
        return setting
    if setting is not None:
        raise BadPolicyFile(f"{path}: {table}.{name} belongs into the table [{_table_of(name)}].")
    names = [s.name for s in SETTINGS.values() if s.kind == kind]
    near = nearest(name, names) or nearest(name, SETTINGS, 0.6)
    hint = f"did you mean {near}?" if near else f"there are: {', '.join(names)}."
    raise BadPolicyFile(f"{path}: {table}.{name}: there is no such setting; {hint}")


def _text(path: Path, table: str, setting: Setting, value: object) -> str:
    """The value as a text of :meth:`Policy.changed`. Raises BadPolicyFile for another type."""
    is_yes_or_no = setting.values == ("true", "false")
    if isinstance(value, bool) and is_yes_or_no:
        return str(value).lower()
    if isinstance(value, str) and not is_yes_or_no:
        return value
    wanted = "true or false, without quotes" if is_yes_or_no else f'a text: "{setting.default}"'
    raise BadPolicyFile(f"{path}: {table}.{setting.name} must be {wanted}, not {_called(value)}.")


def _table_of(name: str) -> str:
    return next(table for table, kind in TABLES.items() if kind == SETTINGS[name].kind)


_CALLED: Mapping[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "a table",
}


def _called(value: object) -> str:
    return _CALLED.get(type(value), "a date or time")

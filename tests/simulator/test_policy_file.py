"""Policies as files: what a TOML file sets, and what is said about one that cannot be used."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from smslab.simulator.policy import SETTINGS, Policy
from smslab.simulator.policy_file import TABLES, BadPolicyFile, read_policy


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the file is."""
    return tmp_path / "policy.toml"


def test_a_file_sets_switches_properties_and_timers(file: Path) -> None:
    file.write_text(
        """
        [switches]
        queued_interaction = "close_and_create"
        match_consumers = false
        default_territory = "DE"

        [properties]
        glide.phone_number_e164.strict = false
        "glide.phone_number_e164.allow_national_entry" = false

        [timers]
        agent_response = "1 hour 30 minutes"
        """,
        encoding="utf-8",
    )
    assert read_policy(file) == Policy(
        queued_interaction="close_and_create",
        match_consumers=False,
        default_territory="DE",
        strict_numbers=False,
        national_entry=False,
        agent_response=timedelta(hours=1, minutes=30),
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "[switches]\n[timers]\n"])
def test_what_a_file_leaves_out_is_the_default(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert read_policy(file) == Policy()


def test_every_setting_can_be_in_a_file_under_the_table_of_its_kind(file: Path) -> None:
    lines = []
    for table, kind in TABLES.items():
        lines.append(f"[{table}]")
        for setting in SETTINGS.values():
            if setting.kind == kind:
                is_yes_or_no = setting.values == ("true", "false")
                value = setting.default if is_yes_or_no else f'"{setting.default}"'
                lines.append(f"{setting.name} = {value}")
    file.write_text("\n".join(lines), encoding="utf-8")
    assert sum("=" in line for line in lines) == len(SETTINGS)
    assert read_policy(file) == Policy()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[switchs]\nmatch_consumers = true", "no table [switchs]; did you mean [switches]?"),
        ("[zzz]\n", "the tables are [switches], [properties], [timers]."),
        ("switches = 3", "switches is a table: write [switches]"),
        ("match_consumers = true", "match_consumers belongs into the table [switches]"),
        (
            "[switches]\nmatch_consumer = true",
            "switches.match_consumer: there is no such setting; did you mean match_consumers?",
        ),
        ("[switches]\nzzz = true", "switches.zzz: there is no such setting; there are: default_"),
        (
            "[switches]\nglide.phone_number_e164.strict = true",
            "switches.glide.phone_number_e164.strict belongs into the table [properties]",
        ),
        ("[properties]\nglide = {}", "properties.glide: there is no such setting"),
        (
            "[properties]\nglide.phone_number_e164.stric = true",
            "did you mean glide.phone_number_e164.strict?",
        ),
        (
            '[switches]\nmatch_consumers = "false"',
            "switches.match_consumers must be true or false, without quotes, not a text.",
        ),
        ("[switches]\nmatch_consumers = 0", "must be true or false, without quotes, not a number."),
        (
            "[switches]\nqueued_interaction = true",
            'switches.queued_interaction must be a text: "take_over", not true or false.',
        ),
        ('[switches]\nqueued_interaction = ["take_over"]', "not a list."),
        ("[switches]\nqueued_interaction = {a = 1}", "not a table."),
        (
            '[switches]\nqueued_interaction = "take_ovr"',
            "switches.queued_interaction: The setting 'queued_interaction' is take_over or "
            "close_and_create, not 'take_ovr'; did you mean 'take_over'?",
        ),
        ("[timers]\nagent_response = 30", 'timers.agent_response must be a text: "30 minutes"'),
        ("[timers]\nagent_response = 07:30:00", "not a date or time."),
        ('[timers]\nagent_response = "soon"', "'soon' is not a duration such as '2 days'"),
        ('[timers]\nagent_response = "0 days"', "must be longer than 0"),
        ('[timers]\nagent_response = "99999999 weeks"', "timers.agent_response: The setting"),
        ("[switches\n", "is not TOML: Expected ']'"),
        ("[switches]\nmatch_consumers = true\nmatch_consumers = true\n", "line 3"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_what(file: Path, text: str, said: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadPolicyFile) as bad:
        read_policy(file)
    assert str(bad.value).startswith(str(file))
    assert said in str(bad.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadPolicyFile, match="is not UTF-8 text"):
        read_policy(tmp_path / "policy.toml")
    with pytest.raises(BadPolicyFile, match=r"polciy.toml cannot be read.*mean .*policy.toml"):
        read_policy(tmp_path / "polciy.toml")
    with pytest.raises(BadPolicyFile, match=r"nowhere.* cannot be read"):
        read_policy(tmp_path / "nowhere" / "policy.toml")
    with pytest.raises(BadPolicyFile, match="cannot be read"):
        read_policy(tmp_path)

"""Extensions from modules, files and installed packages; policies from files, on a command line."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from smslab.simulator.extensions.extension_points import POINTS, ChannelSendToValidation
from smslab.steps import extensions
from smslab.steps.extensions import BadExtension, extensions_of_run

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

EXAMPLE = Path(__file__).with_name("example_extensions.py")

BACKGROUND = """
    Feature: Examples
      Background:
        Given the company texts from "+49 30 901820"
        And the company texts from "+49 89 123456"
        And Bill is an agent
"""

STORIES = {
    "X-1": """
      Scenario: X-1
        Given Cem is a contact in Berlin
        And Cem's mobile number is "0151 23456789"
        And Cem's business number is "030 123456"
        When Bill texts Cem "Hello"
        Then the message goes out from "+4989123456" to "+4930123456"
    """,
    "X-2": """
      Scenario: X-2
        Given Ana and Ben are consumers in Berlin
        And Ana's mobile number is "0151 23456789"
        And Ben's mobile number is "0151 23456789"
        When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
        Then the number belongs to Ana
    """,
    "X-3": """
      Scenario: X-3
        Given Ana is a consumer in Berlin
        And a guest has an SMS conversation with agent Bill at "+49 151 23456789" \
through "+49 89 123456"
        When Bill texts Ana at that number "Is that you, Ana?"
        Then the number belongs to Ana
        And the existing interaction is still with a guest
    """,
    "X-4": """
      Scenario: X-4
        Given Ana is a consumer in Berlin
        When Bill texts Ana at "+33 6 12 34 56 78" "Hello"
        Then the send is refused by rule X-4
        And the refusal says "+33612345678 is abroad for Ana."
    """,
    "X-5": """
      Scenario: X-5
        Given Uma is a user in Berlin
        When Bill opens the compose form on Uma's record
        Then Compose SMS is not offered because of rule X-5
    """,
    "X-6": """
      Scenario: X-6
        Given Ana is a consumer in Berlin
        And Cem is a contact in Berlin
        And Cem's business number is "030 123456"
        And Ana's interaction of type phone, opened for Cem, is open with agent Bill
        When Bill replies to Ana's interaction of type phone with "Hello"
        Then a new SMS interaction with Cem is assigned to Bill
    """,
}

VALIDATION = """
from smslab.simulator.extensions.extension_points import ChannelSendToValidation, NoRecipient

class {name}(ChannelSendToValidation):
    {body}

    def channel_send_to_validation(self, context):
        return NoRecipient("No.")
"""


def write_validation(folder: Folder, file: str, name: str = "Nobody", body: str = "pass") -> Path:
    return folder.write(file, VALIDATION.format(name=name, body=body))


@pytest.fixture
def stories(folder: Folder) -> Folder:
    """A folder with the stories of the example extensions."""
    folder.write("features/stories.feature", BACKGROUND + "".join(STORIES.values()))
    return folder


def test_every_example_decides_and_without_it_its_story_fails(stories: Folder) -> None:
    extended = stories.smslab("run", "--extension", str(EXAMPLE))
    assert extended.returncode == 0, extended.stdout + extended.stderr
    assert set(STORIES) == {point.rule for point in POINTS}
    plain = stories.smslab("run")
    assert plain.returncode == 1
    assert stories.statuses() == {f"Examples > {rule}": "failed" for rule in STORIES}


def test_pytest_takes_extensions_and_policy_too_in_several_processes(stories: Folder) -> None:
    policy = stories.write("strict.toml", '[switches]\nclosed_by_send = "closed_abandoned"\n')
    options = ("--smslab-extension", str(EXAMPLE), "--smslab-policy", str(policy))
    for processes in ((), ("-n", "2")):
        ended = stories.pytest("features", *options, *processes)
        assert ended.returncode == 0, ended.stdout
    journal = stories.journal()
    assert journal.run is not None
    assert journal.run.policy["closed_by_send"] == "closed_abandoned"
    registered = [e.new for e in journal.scenarios[0].events if e.field == "point"]
    assert registered == [point.rule for point in POINTS]


def test_a_policy_file_and_a_switch_after_it_are_in_journal_and_page(stories: Folder) -> None:
    text = "[switches]\nguest_profile = 'replace'\nclosed_by_send = 'closed_abandoned'\n"
    stories.write("our policy.toml", text + "[timers]\nagent_response = '45 minutes'\n")
    ended = stories.smslab(
        *("run", "--policy", "our policy.toml", "--switch", "closed_by_send=closed_complete"),
        *("--extension", str(EXAMPLE)),
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    run = stories.journal().run
    assert run is not None
    assert run.policy["guest_profile"] == "replace"
    assert run.policy["closed_by_send"] == "closed_complete"
    assert run.policy["agent_response"] == "45 minutes"
    page = (stories.path / "results/latest/report.html").read_text(encoding="utf-8")
    assert "45 minutes" in page


def test_the_command_of_a_failure_names_policy_and_extensions(stories: Folder) -> None:
    stories.write("p.toml", "")
    write_validation(stories, "ours.py")
    ended = stories.smslab("run", "--policy", "p.toml", "--extension", "ours")
    assert ended.returncode == 1
    assert "--seed 1 --policy p.toml --extension ours" in ended.stdout


def test_a_module_of_the_folder_and_a_file_are_loaded_in_their_order(folder: Folder) -> None:
    write_validation(folder, "first_of_test.py", "First", "order = 2")
    path = write_validation(folder, "deep/second.py", "Second", "order = 1")
    loaded = extensions_of_run(["first_of_test", "deep/second.py"], folder.path)
    assert [each.__name__ for each in loaded] == ["First", "Second"]
    assert extensions_of_run([str(path)], folder.path) == loaded[1:]


def test_what_a_module_imports_is_not_registered(folder: Folder) -> None:
    write_validation(folder, "base_of_test.py", "Base")
    folder.write(
        "derived_of_test.py",
        "from base_of_test import Base\nclass Derived(Base):\n    pass\n",
    )
    [derived] = extensions_of_run(["derived_of_test"], folder.path)
    assert derived.__name__ == "Derived"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1", "has no class that derives from an extension point: AgentInitiated"),
        ("raise ValueError('no')", "ours.py cannot be loaded: ValueError: no"),
        ("import no_such_module", "No module named 'no_such_module'"),
        ("def broken(:", "SyntaxError: invalid syntax"),
        (VALIDATION.format(name="Bad", body="order = 'x'"), "must be a whole number"),
        (
            VALIDATION.format(name="Bad", body="def __init__(self, x): pass"),
            "An extension is made without arguments.",
        ),
        (
            VALIDATION.format(name="Bad", body="def __init__(self):\n        while True: pass"),
            "did not end within",
        ),
        (
            VALIDATION.format(name="A", body="pass") + VALIDATION.format(name="B", body="pass"),
            "has the extension 'A' with the same order 100; give 'B' another one.",
        ),
        (
            "from smslab.simulator.extensions.extension_points import "
            "ChannelSendToValidation as C\n"
            "class Half(C): pass",
            "has no class that derives",
        ),
    ],
)
def test_a_module_that_cannot_be_used_is_said_before_anything_runs(
    stories: Folder, source: str, said: str
) -> None:
    stories.write("ours.py", source)
    with pytest.raises(BadExtension) as bad:
        extensions_of_run(["ours.py"], stories.path)
    assert said in str(bad.value)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--extension", "our"], "There is no module our; did you mean ours?"),
        (["--extension", "our.py"], "Did you mean ours.py?"),
        (["--extension", "zzz.zzz"], "There is no module zzz.zzz; a file is named by its path"),
        (["--policy", "p.tml"], "p.tml cannot be read: No such file or directory. Did you mean"),
        (["--policy", "p.toml"], "p.toml: switches.x: there is no such setting"),
    ],
)
def test_the_command_says_what_is_wrong_without_a_traceback(
    stories: Folder, arguments: list[str], said: str
) -> None:
    write_validation(stories, "ours.py")
    stories.write("p.toml", "[switches]\nx = 1\n")
    ended = stories.smslab("run", *arguments)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
    assert not (stories.path / "results").exists()


def test_pytest_says_what_is_wrong_without_a_traceback(stories: Folder) -> None:
    ended = stories.pytest("features", "--smslab-policy", "nowhere.toml")
    assert ended.returncode == 4
    assert "nowhere.toml cannot be read" in ended.stderr
    assert "Traceback" not in ended.stderr


class Installed(ChannelSendToValidation):
    """An extension of an installed package."""

    def channel_send_to_validation(self, context: object) -> object:  # type: ignore[override]
        return None


def install(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Let a package with this entry point be installed, its module ``plugin_of_test``."""
    module = ModuleType("plugin_of_test")
    vars(module).update(Installed=Installed, something=3)
    Installed.__module__ = "plugin_of_test"
    monkeypatch.setitem(sys.modules, "plugin_of_test", module)
    point = EntryPoint("theirs", value, extensions.GROUP)
    installed = {extensions.GROUP: [point]}
    monkeypatch.setattr(extensions, "entry_points", lambda group: installed.get(group, []))


@pytest.mark.parametrize("value", ["plugin_of_test", "plugin_of_test:Installed"])
def test_extensions_of_installed_packages_come_first(
    monkeypatch: pytest.MonkeyPatch, folder: Folder, value: str
) -> None:
    install(monkeypatch, value)
    write_validation(folder, "named.py", "Named", "order = 5")
    loaded = extensions_of_run(["named.py"], folder.path)
    assert [each.__name__ for each in loaded] == ["Installed", "Named"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("plugin_of_test:something", "'theirs' (plugin_of_test:something) is neither a module"),
        ("plugin_of_test:Missing", "'theirs' (plugin_of_test:Missing) cannot be loaded"),
        ("no_such_package", "cannot be loaded: ModuleNotFoundError"),
    ],
)
def test_an_installed_package_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, folder: Folder, value: str, said: str
) -> None:
    install(monkeypatch, value)
    with pytest.raises(BadExtension) as bad:
        extensions_of_run([], folder.path)
    assert said in str(bad.value)

"""Phrases about the virtual agent: its topics, the words that ask for an agent, its faults."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_bdd import given, then, when

from smslab.simulator.nearest import did_you_mean
from smslab.simulator.virtual_agents.topics import BadTopic, TopicStep, topic_step
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene
from smslab.steps.needs import Need, needs

COLUMNS = ["does", "text"]


@given(parse("the virtual agent's topic {string}"))
@needs(Need.TOPICS)
def _(scene: Scene, string: str, datatable: list[list[str]]) -> None:
    scene.instance.add_topic(string, steps_of(datatable))


@given(parse("the virtual agent's topic {string} for texts about {string}"))
@needs(Need.TOPICS)
def _(scene: Scene, string: str, string2: str, datatable: list[list[str]]) -> None:
    scene.instance.add_topic(string, steps_of(datatable), string2.split(","))


@when(parse("the virtual agent's topic {string} is described as"))
@needs(Need.TOPICS)
def _(scene: Scene, string: str, datatable: list[list[str]]) -> None:
    describe(scene, string, datatable)


@when(parse("the virtual agent's topic {string} for texts about {string} is described as"))
@needs(Need.TOPICS)
def _(scene: Scene, string: str, string2: str, datatable: list[list[str]]) -> None:
    describe(scene, string, datatable, string2.split(","))


def describe(
    scene: Scene, name: str, datatable: list[list[str]], keywords: Sequence[str] = ()
) -> None:
    """Describe a topic that the instance may refuse; a refusal must be said by the scenario."""
    scene.act()
    scene.bad_topic = None
    try:
        scene.instance.add_topic(name, steps_of(datatable), keywords)
    except BadTopic as error:
        scene.bad_topic = error
        scene.leave_unexplained(f"the topic was refused: {error}")


@then(parse("the topic is refused because {string}"))
@needs(Need.TOPICS)
def _(scene: Scene, string: str) -> None:
    says(string, str(scene.bad_topic) if scene.bad_topic else None, "a topic that is refused")
    if not scene.is_as_before():
        raise AssertionError("expected: a refused topic changes nothing\n     got: a change.")
    scene.explained()


def steps_of(datatable: list[list[str]]) -> list[TopicStep]:
    """The steps that a table describes.

    Raises BadTopic for other columns than ``does`` and ``text``, and with the number of
    its row, the heading not counted, for a step that cannot be.
    """
    heading, *rows = datatable
    if heading != COLUMNS:
        wrong = next((name for name in heading if name not in COLUMNS), None)
        hint = f"{wrong!r} is none of them; {did_you_mean(wrong, COLUMNS)}" if wrong else ""
        raise BadTopic(f"the table of a topic has the columns 'does' and 'text'. {hint}".rstrip())
    return [_step(number, row) for number, row in enumerate(rows, 1)]


def _step(number: int, row: list[str]) -> TopicStep:
    try:
        return topic_step(row[0], row[1])
    except BadTopic as error:
        raise BadTopic(f"in row {number}, {error}") from None


@given(parse("whoever texts {string} asks for an agent"))
@when(parse("whoever texts {string} asks for an agent from now on"))
@needs(Need.TOPICS)
def _(scene: Scene, string: str) -> None:
    scene.instance.set_agent_words(string.split(","))


@then(parse("the virtual agent fails because {string}"))
@needs(Need.INTERNALS)
def _(scene: Scene, string: str) -> None:
    says(string, fault(scene), "a virtual agent that fails")
    scene.explained()


def fault(scene: Scene) -> str | None:
    """What went wrong in a topic since the latest command, or None."""
    events = scene.instance.journal.events[scene.began_at :]
    faults = [e.new for e in events if e.entity == "topic run" and e.field == "fault"]
    return str(faults[-1]) if faults else None


def says(wanted: str, said: str | None, what: str) -> None:
    """Raise AssertionError unless an error was said that has the wanted words in it."""
    if said is None or wanted not in said:
        raise AssertionError(f"expected: {what}, saying {wanted!r}\n     got: {said or 'none'}")

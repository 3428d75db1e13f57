"""Phrases about the compose form: whether it is offered, and what it fills in."""

from __future__ import annotations

from pytest_bdd import then, when

from smslab.simulator.compose import ComposeForm
from smslab.simulator.states import InteractionType
from smslab.steps.language.conversations import latest
from smslab.steps.language.outcomes import assessment
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.needs import Need, needs


@when(parse("{agent} opens the compose form on {party}'s record"))
@needs(Need.COMPOSE)
def _(scene: Scene, agent: str, party: str) -> None:
    open_form(scene, agent, party=scene.party(party).id)


@when(parse("{agent} opens the compose form on {party}'s interaction of type {interaction type}"))
@needs(Need.COMPOSE)
def _(scene: Scene, agent: str, party: str, interaction_type: InteractionType) -> None:
    open_form(scene, agent, interaction=latest(scene, party, interaction_type).id)


def open_form(
    scene: Scene, agent: str, interaction: str | None = None, party: str | None = None
) -> None:
    """The agent opens the form; it stays open for the steps that follow."""
    scene.act()
    scene.form = scene.instance.compose_form(scene.agent(agent).id, interaction, party)


def form(scene: Scene) -> ComposeForm:
    """The form that was opened last. Raises AssertionError before there is one."""
    if scene.form is None:
        raise AssertionError("nobody has opened the compose form yet in this scenario.")
    return scene.form


def listed(datatable: list[list[str]]) -> list[str]:
    """The cells of a table, row by row."""
    return [cell for row in datatable for cell in row]


@then("Compose SMS is offered")
@needs(Need.COMPOSE)
def _(scene: Scene) -> None:
    expect(None, form(scene).withheld and str(form(scene).withheld), "why it is not offered")


@then(parse("Compose SMS is not offered because of rule {rule}"))
@needs(Need.COMPOSE)
def _(scene: Scene, rule: str) -> None:
    withheld = form(scene).withheld
    if withheld is None:
        raise AssertionError("expected: Compose SMS is not offered\n     got: it is")
    expect(f"rule {rule}", f"rule {withheld.rule}", withheld.reason)


@then(parse("Send from is filled with {phone}"))
@needs(Need.COMPOSE)
def _(scene: Scene, phone: str) -> None:
    expect(phone, form(scene).send_from, "Send from")


@then("Send from is empty")
@needs(Need.COMPOSE)
def _(scene: Scene) -> None:
    expect(None, form(scene).send_from, "Send from")


@then("Send from offers")
@needs(Need.COMPOSE)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(listed(datatable), list(form(scene).send_from_options), "the options of Send from")


@then(parse("Send to is filled with {phone}"))
@needs(Need.COMPOSE)
def _(scene: Scene, phone: str) -> None:
    expect(phone, form(scene).send_to, "Send to")


@then("Send to is empty")
@needs(Need.COMPOSE)
def _(scene: Scene) -> None:
    expect(None, form(scene).send_to, "Send to")


@then("Send to offers")
@needs(Need.COMPOSE)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(listed(datatable), list(form(scene).send_to_options), "the options of Send to")


@then("Send to allows another number")
@needs(Need.COMPOSE)
def _(scene: Scene) -> None:
    expect(True, form(scene).allows_other, "whether Send to allows another number")


@then("Send to allows no other number")
@needs(Need.COMPOSE)
def _(scene: Scene) -> None:
    expect(False, form(scene).allows_other, "whether Send to allows another number")


@then("the channels offered are")
@needs(Need.COMPOSE)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(listed(datatable), list(form(scene).channels), "the channels, in their order")


@then("the card of the conversation says")
@needs(Need.COMPOSE)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    card = assessment(scene).card
    if card is None:
        raise AssertionError("expected: a card\n     got: none; no conversation is going on there")
    shown = {
        "interaction": card.interaction,
        "message type": card.message_type,
        "last update": card.last_update,
        "party": scene.name_of(card.party),
        "assigned to": scene.name_of(card.assigned_to) if card.assigned_to else "nobody",
    }
    expect(2, len(datatable[0]), "the columns of the table: what the card names, and its value")
    for name, value in datatable:
        if name not in shown:
            raise AssertionError(f"the card has no {name!r}; it has: {', '.join(shown)}.")
        expect(value, shown[name], f"the card's {name}")
    scene.explained()


@then("no card appears")
@needs(Need.COMPOSE)
def _(scene: Scene) -> None:
    card = assessment(scene).card
    expect(None, card and card.interaction, "the card of a conversation")

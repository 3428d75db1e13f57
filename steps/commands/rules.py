"""`smslab rules`: the catalogue, and the scenarios that exercise each rule."""

from __future__ import annotations

from typing import Annotated

import typer

from smslab.steps.commands.misuse import Misuse


def rules(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Rules such as A-4; all for none.")
    ] = None,
    only_open: Annotated[
        bool, typer.Option("--open", help="Only rules that no documentation settles.")
    ] = False,
    features: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Where scenarios are looked for, as run; repeatable."),
    ] = None,
) -> None:
    """Print the rule catalogue, and the scenarios that are tagged with each rule."""
    from smslab.steps.rules_command import UnknownRule, catalogue, chosen_rules, tagged_scenarios
    from smslab.steps.selection import NothingThere

    try:
        chosen = chosen_rules(ids or [], only_open)
        tagged = tagged_scenarios(features or [])
    except (NothingThere, UnknownRule) as error:
        raise Misuse(str(error)) from None
    for line in catalogue(chosen, tagged):
        typer.echo(line)

"""`smslab new`: a first feature for a rule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smslab.steps.commands.files import write_new
from smslab.steps.commands.misuse import Misuse


def new(
    rule: Annotated[str, typer.Argument(help="The id of a rule, such as A-4.")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Default: features/RULE.feature.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there already.")
    ] = False,
) -> None:
    """Write a first feature for a rule: one scenario that passes, to change as you like."""
    from smslab.steps.engine.planning import feature_files
    from smslab.steps.scaffold import NoExample, first_feature, rule_named, scenarios_of
    from smslab.steps.selection import shipped

    try:
        known = rule_named(rule)
        first = first_feature(known, scenarios_of(feature_files([shipped()])))
    except NoExample as error:
        raise Misuse(str(error)) from None
    file = to or Path("features") / f"{known.id.lower().replace('-', '_')}.feature"
    if file.suffix != ".feature":
        raise Misuse(f"{file} is no feature file: its name must end in .feature.")
    write_new(file, first.text, force=force)
    typer.echo(f"Wrote {file}: {known.sentence}")
    typer.echo(f"Run it with: smslab run {file}")
    typer.echo("More phrases: smslab phrases")

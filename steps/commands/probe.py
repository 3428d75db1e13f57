"""`smslab probe`: which settings a target behaves like."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smslab.steps.commands.misuse import Misuse

if TYPE_CHECKING:
    from smslab.steps.probing.fitting import Found
    from smslab.steps.probing.probing import Probed
    from smslab.steps.targets.protocol import Target


def probe(
    target: Annotated[
        str, typer.Option(metavar="URL|NAME", help="What to probe: as for smslab run.")
    ],
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the policy that makes the simulator do the same."),
    ] = None,
) -> None:
    """Find out which settings a target behaves like, with the evidence.

    The exit status is 1 where the target does what the simulator does under no setting.
    """
    from smslab.reports.atomic import can_be_written, replacing
    from smslab.steps.probing.probing import policy_lines
    from smslab.steps.targets.protocol import TargetFailed

    if write is not None and not can_be_written(write):
        raise Misuse(f"The policy cannot be written to {write}.")
    try:
        result = _probed(target)
    except TargetFailed as error:
        raise Misuse(str(error)) from None
    for line in _lines(result):
        typer.echo(line)
    if write is not None:
        try:
            with replacing(write) as stream:
                stream.write("\n".join(policy_lines(result)) + "\n")
        except OSError as error:
            raise Misuse(f"The policy cannot be written: {error}.") from None
        typer.echo(f"Policy: {write}")
    raise typer.Exit(1 if result.misfits else 0)


def _probed(named: str) -> Probed:
    from smslab.steps.probing.probing import probed
    from smslab.steps.targets.choosing import chosen_target

    chosen: Target = chosen_target(named, Path.cwd())
    try:
        chosen.check(())
        return probed(chosen, _say)
    finally:
        chosen.close()


def _say(progress: str) -> None:
    """Show how far it is, to who looks on."""
    if sys.stderr.isatty():
        typer.echo(f"\r{progress} \r", nl=False, err=True)


def _lines(result: Probed) -> Iterator[str]:
    known = [found for found in result.found if found.value is not None]
    for found in known:
        yield from _known(found)
    unknown = [found for found in result.found if found.value is None]
    if unknown:
        yield "\nNot known:"
    for found in unknown:
        others = f": {', '.join(found.others)}" if found.others else ""
        yield f"  {found.setting.name} ({found.setting.rule}): {found.why}{others}"
        yield from (f"    {line}" for line in found.evidence)
    for each in result.misfits:
        yield f"\nThe simulator does something else here: {each.place}"
    yield (
        f"\n{len(known)} of {len(result.found)} settings found in {result.played} probes; "
        f"in {len(result.misfits)} of these the simulator does something else."
    )


def _known(found: Found) -> Iterator[str]:
    setting = found.setting
    default = "" if found.value != setting.default else ", the default"
    about = "" if found.is_exact else "about "
    yield f"{setting.name} = {about}{found.value}{default} ({setting.rule}: {setting.question})"
    yield from (f"    {line}" for line in found.evidence)

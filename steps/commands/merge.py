"""`smslab merge`: one journal, page and JUnit XML from those of shards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smslab.steps.commands.messages import MessagesOption, write_again
from smslab.steps.commands.misuse import Misuse

if TYPE_CHECKING:
    from smslab.reports.run import Run
    from smslab.steps.joining import Joined


def merge(
    parts: Annotated[
        list[Path], typer.Argument(help="Results folders, or journals, of the shards.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the whole goes.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace results that are there already.")
    ] = False,
    messages: MessagesOption = None,
) -> None:
    """Join the results of shards (smslab run --shard 1/4) into those of the whole run.

    The journal is the same, byte for byte, as that of a run without shards. The exit status
    is 0 only if every scenario passed.
    """
    from smslab.steps.joining import CannotJoin, join

    if (to / "journal.jsonl").exists() and not force:
        raise Misuse(
            f"{to} holds results already. Name another folder, or replace them with --force."
        )
    if to.exists() and not to.is_dir():
        raise Misuse(f"{to} is a file. Name a folder for the results.")
    try:
        joined = join(parts)
        _write(joined, to, parts)
        if messages is not None:
            write_again(joined.journal, {"seconds": joined.seconds}, messages)
    except CannotJoin as error:
        raise Misuse(str(error)) from None
    except OSError as error:
        raise Misuse(f"{to} cannot be written: {error.strerror or error}.") from None
    raise typer.Exit(_conclude(joined, to, len(parts)))


def _write(joined: Joined, to: Path, parts: list[Path]) -> None:
    import json

    from smslab.reports import Run, write_junit, write_page
    from smslab.reports.atomic import replacing
    from smslab.reports.journal_file import write
    from smslab.steps.keeping import SUITE
    from smslab.steps.last_run import FACTS

    write(to / "journal.jsonl", joined.journal)
    run = Run(joined.journal)
    write_page(run, to / "report.html")
    write_junit(run, to / "junit.xml", joined.seconds)
    _tell_ci(run)
    with replacing(to / FACTS) as stream:
        facts = {
            "merged": [str(part) for part in parts],
            "started": joined.started,
            SUITE: joined.suite,
            "seconds": joined.seconds,
        }
        json.dump(facts, stream, indent=1)


def _tell_ci(run: Run) -> None:
    """Write the summary of the whole where CI shows it, if it does."""
    from smslab.steps.github import add_to_summary, has_summary

    if has_summary():
        from smslab.reports.exports.markdown import summary

        add_to_summary(summary(run), typer.echo)


def _conclude(joined: Joined, to: Path, parts: int) -> int:
    from collections import Counter

    from smslab.reports.titles import status_of, withheld

    counts = Counter(status_of(record) for record in joined.journal.scenarios)
    total = counts.total()
    said = ", ".join(f"{number} {status}" for status, number in counts.most_common())
    more = withheld(joined.journal.withheld)
    good = not more and bool(counts["passed"]) and counts["passed"] + counts["skipped"] == total
    typer.echo(
        f"{'PASSED' if good else 'FAILED'} - {total} scenario{'' if total == 1 else 's'} "
        f"of {parts} part{'' if parts == 1 else 's'}: {said or 'none'}"
    )
    if more:
        typer.echo(f"{more}.")
    for title, name in (("Page", "report.html"), ("Journal", "journal.jsonl")):
        typer.echo(f"{title}: {to / name}")
    typer.echo(f"JUnit XML: {to / 'junit.xml'}")
    return 0 if good else 1

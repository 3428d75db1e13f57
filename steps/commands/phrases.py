"""`smslab phrases`: the phrase book, to read, to search, and for editors."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smslab.steps.commands.files import write_new
from smslab.steps.commands.misuse import Misuse

if TYPE_CHECKING:
    from smslab.steps.phrase_book import Subject


def phrases(
    text: Annotated[
        list[str] | None, typer.Argument(help="Only phrases that have these words.")
    ] = None,
    unused: Annotated[
        bool, typer.Option("--unused", help="Only phrases that no step of the features uses.")
    ] = False,
    features: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Features to look at; ./features if none; repeatable."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the phrase book as a page.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it as data, for editors.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    plugin: Annotated[
        list[str] | None,
        typer.Option("-p", "--plugin", help="A module with steps of your own; repeatable."),
    ] = None,
) -> None:
    """List what features can say, by subject; or search it.

    Each phrase comes with its parameters, an example and the place of its definition. The
    exit status is 1 where no phrase fits.
    """
    from smslab.steps import phrase_book

    wanted = " ".join(text or [])
    book = _book(features or [], plugin or [])
    found = phrase_book.search(book, wanted) if wanted else book
    found = phrase_book.unused(found) if unused else found
    if html is not None or json is not None:
        _write(found, html, json, force)
    elif found:
        _show(found)
    else:
        _show_nearest(book, wanted, unused)
        raise typer.Exit(0 if unused else 1)


def _book(features: list[str], plugins: list[str]) -> list[Subject]:
    from smslab.steps.custom_steps import CannotLoad, Phrases
    from smslab.steps.engine.planning import feature_files
    from smslab.steps.phrase_book import Usage, phrase_book
    from smslab.steps.selection import NothingThere, files_of, shipped

    try:
        paths = files_of(features)
        known = Phrases(plugins)
        files = feature_files(paths)
        registry = known.of(files[0] if files else Path("features/any.feature"))
    except (NothingThere, CannotLoad) as error:
        raise Misuse(str(error)) from None
    return phrase_book(registry, Usage(registry, [shipped()]), Usage(registry, paths))


def _write(found: list[Subject], html: Path | None, json: Path | None, force: bool) -> None:
    import json as writer

    from smslab.reports.page.phrase_book import render
    from smslab.steps.phrase_lines import as_data

    if html is not None:
        write_new(html, render(as_data(found)["phrases"], _abouts(found)), force=force)
        typer.echo(f"Wrote {html}")
    if json is not None:
        data = writer.dumps(as_data(found), indent=1, ensure_ascii=False)
        write_new(json, data + "\n", force=force)
        typer.echo(f"Wrote {json}")


def _abouts(found: list[Subject]) -> dict[str, str]:
    return {subject.name: subject.about for subject in found}


def _show(found: list[Subject]) -> None:
    from smslab.steps.phrase_lines import as_lines

    for line in as_lines(found, _width()):
        typer.echo(line)
    number = sum(len(subject.phrases) for subject in found)
    typer.echo(f"{number} phrase{'' if number == 1 else 's'}")


def _show_nearest(book: list[Subject], wanted: str, unused: bool) -> None:
    from smslab.steps.phrase_book import nearest
    from smslab.steps.phrase_lines import phrase_lines

    if unused:
        typer.echo("Every phrase is used.")
        return
    near = nearest(book, wanted)
    end = "The nearest are:" if near else "Look through all of them with: smslab phrases"
    typer.echo(f'No phrase has all words of "{wanted}". {end}', err=True)
    for phrase in near:
        typer.echo("\n".join(["", *phrase_lines(phrase, _width())]))


def _width() -> int:
    return min(shutil.get_terminal_size((80, 24)).columns, 100)

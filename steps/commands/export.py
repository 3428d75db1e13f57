"""`smslab export`: the tables of a run for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smslab.steps.commands.loading import loaded, say_damage
from smslab.steps.commands.misuse import Misuse
from smslab.steps.defaults import DEFAULT_RESULTS

if TYPE_CHECKING:
    from smslab.reports.run import Run


def export(
    results: Annotated[Path, typer.Argument(help="The results of a run, or its journal.")] = Path(
        DEFAULT_RESULTS
    ),
    excel: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An Excel workbook, a sheet for a table.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(metavar="DIR", help="CSV files, exactly what the tables hold.")
    ] = None,
    safe_csv: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="CSV files in which no text is a formula, for Excel."),
    ] = None,
    parquet: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Parquet files; needs pyarrow.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A summary for a pull request.")
    ] = None,
    mermaid: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The sequence of each scenario, as Mermaid.")
    ] = None,
    mask: Annotated[
        bool, typer.Option("--mask", help="Stand-ins for phone numbers, names and texts.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write the tables of a run for a spreadsheet, a notebook or a pull request.

    Name at least one output. The exit status is 1 if the journal is damaged; what can be read
    is exported.
    """
    wishes = [
        ("Excel", excel, _excel),
        ("CSV", csv, _csv),
        ("CSV without formulas", safe_csv, _safe_csv),
        ("Parquet", parquet, _parquet),
        ("Markdown", markdown, _markdown),
        ("Mermaid", mermaid, _mermaid),
    ]
    wanted = [(title, path, write) for title, path, write in wishes if path is not None]
    _check([path for _, path, _ in wanted], force=force)
    if parquet is not None:
        _check_parquet()
    run = loaded(results, mask=mask)
    for title, path, write in wanted:
        _write(run, title, path, write)
    raise typer.Exit(say_damage(run))


def _check(paths: list[Path], *, force: bool) -> None:
    """Raise Misuse where nothing is to be written, or something would be lost by it."""
    if not paths:
        raise Misuse(
            "Nothing to export. Name an output: --excel FILE, --csv DIR, --safe-csv DIR, "
            "--parquet DIR, --markdown FILE or --mermaid DIR."
        )
    for path in paths:
        if paths.count(path) > 1:
            raise Misuse(f"{path} is named for two outputs. Give each a place of its own.")
        used = any(path.iterdir()) if path.is_dir() else path.exists()
        if used and not force:
            raise Misuse(f"{path} is there already. Name another, or write over it with --force.")


def _check_parquet() -> None:
    from smslab.reports.exports.parquet import NoParquet, need_pyarrow

    try:
        need_pyarrow()
    except NoParquet as error:
        raise Misuse(str(error)) from None


def _write(run: Run, title: str, path: Path, write: Callable[[Run, Path], object]) -> None:
    from rich.console import Console

    try:
        with Console(stderr=True).status(f"Writing {title} ..."):
            write(run, path)
    except OSError as error:
        raise Misuse(f"{path} cannot be written: {error.strerror or error}.") from None
    typer.echo(f"{title}: {path}")


def _excel(run: Run, path: Path) -> None:
    from smslab.reports.exports.excel import write_workbook

    write_workbook(run, path)


def _csv(run: Run, path: Path) -> None:
    from smslab.reports.exports.csv import write_csv

    write_csv(run, path)


def _safe_csv(run: Run, path: Path) -> None:
    from smslab.reports.exports.csv import write_csv

    write_csv(run, path, safe=True)


def _parquet(run: Run, path: Path) -> None:
    from smslab.reports.exports.parquet import write_parquet

    write_parquet(run, path)


def _markdown(run: Run, path: Path) -> None:
    from smslab.reports.atomic import replacing
    from smslab.reports.exports.markdown import summary

    with replacing(path) as stream:
        stream.write(summary(run))


def _mermaid(run: Run, path: Path) -> None:
    from smslab.reports.exports.mermaid import write_mermaid

    write_mermaid(run, path)

"""`smslab export` and the masked report: what is written, and what is refused before that."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from smslab.reports.exports import parquet
from smslab.reports.journal_file import read, write
from smslab.reports.run import FRAMES
from smslab.steps.cli import app
from tests.reports.story import NUMBER
from tests.reports.synthetic import journal_of, mixed_journal, reassignment


def smslab(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """The results of a run in which Ana's number moves to Ben."""
    folder = tmp_path / "results"
    write(folder / "journal.jsonl", journal_of(reassignment().passed()))
    return folder


def test_every_output_is_written_in_one_go(results: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    ended = smslab(
        *("export", results, "--excel", to / "run.xlsx", "--csv", to / "csv"),
        *("--safe-csv", to / "safe", "--parquet", to / "parquet"),
        *("--markdown", to / "summary.md", "--mermaid", to / "mermaid"),
    )
    assert ended.exit_code == 0, ended.output
    assert f"Excel: {to / 'run.xlsx'}" in ended.stdout
    for folder, suffix in (("csv", "csv"), ("safe", "csv"), ("parquet", "parquet")):
        assert {path.name for path in (to / folder).iterdir()} == {f"{n}.{suffix}" for n in FRAMES}
    assert (to / "summary.md").read_text(encoding="utf-8").startswith("## smslab: The only")
    assert len(list((to / "mermaid").iterdir())) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Nothing to export. Name an output: --excel FILE"),
        (["--csv", "full"], "full is there already. Name another, or write over it with --force."),
        (["--markdown", "full/old.md"], "old.md is there already."),
        (["--csv", "a", "--safe-csv", "a"], "a is named for two outputs."),
        (["--markdown", "full/old.md/x.md"], "x.md cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_written(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/old.md").write_text("old", encoding="utf-8")
    ended = smslab("export", results, *arguments)
    assert (ended.exit_code, said in ended.stderr) == (2, True), ended.stderr
    assert (tmp_path / "full/old.md").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "a").exists()


def test_with_force_what_is_there_is_replaced(results: Path, tmp_path: Path) -> None:
    (tmp_path / "s.md").write_text("old", encoding="utf-8")
    assert smslab("export", results, "--markdown", tmp_path / "s.md", "--force").exit_code == 0
    assert "old" not in (tmp_path / "s.md").read_text(encoding="utf-8")


def test_results_that_are_not_there_are_named_with_the_nearest(results: Path) -> None:
    ended = smslab("export", results.parent / "result", "--markdown", results / "s.md")
    assert (ended.exit_code, "The nearest journal is" in ended.stderr) == (2, True)


def test_without_pyarrow_nothing_is_written(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    ended = smslab("export", results, "--parquet", tmp_path / "p", "--markdown", tmp_path / "s.md")
    assert (ended.exit_code, "smslab[parquet]" in ended.stderr) == (2, True)
    assert not (tmp_path / "s.md").exists()


def test_a_damaged_journal_is_exported_as_far_as_it_goes(results: Path, tmp_path: Path) -> None:
    journal = results / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-200])
    ended = smslab("export", results, "--markdown", tmp_path / "s.md")
    assert (ended.exit_code, "cut" in ended.stderr) == (1, True)
    assert "### What is missing" in (tmp_path / "s.md").read_text(encoding="utf-8")


def test_masked_outputs_hold_no_original(results: Path, tmp_path: Path) -> None:
    originals = ("Ana", "Ben", "Bill", "Cleo", NUMBER, "Your parcel is here")
    ended = smslab(
        *("export", results, "--mask", "--csv", tmp_path / "csv"),
        *("--markdown", tmp_path / "s.md", "--mermaid", tmp_path / "mermaid"),
    )
    assert ended.exit_code == 0, ended.output
    reported = smslab("report", results, "--mask")
    assert f"Page: {results / 'report-masked.html'}" in reported.stdout
    written = [*tmp_path.rglob("*.csv"), *tmp_path.rglob("*.m*d"), results / "report-masked.html"]
    assert len(written) == len(FRAMES) + 3
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert [original for original in originals if original in text] == [], path
    assert {path.name for path in results.iterdir()} == {"journal.jsonl", "report-masked.html"}


def test_a_report_in_a_folder_has_a_page_for_each_feature(results: Path) -> None:
    write(results / "journal.jsonl", mixed_journal())
    ended = smslab("report", results, "--folder")
    assert f"Page: {results / 'report/index.html'}" in ended.stdout
    features = {r.scenario.feature for r in read(results).scenarios}
    assert len(list((results / "report").glob("feature-*.html"))) == len(features)

"""What steps attach is in the journal and on the page, the same in every kind of run."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest

from smslab.reports import Run
from smslab.reports.journal_file import read, write
from smslab.reports.page import render

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"

CONFTEST = f"""
    import pytest
    from pytest_bdd import given, when, then

    PICTURE = {PICTURE!r}

    @pytest.fixture
    def around(attach):
        attach("before", "text/plain")
        yield
        attach("after", "text/plain")

    @given("something is attached around")
    def _(around): ...

    @when("all kinds are attached")
    def _(attach):
        attach("<b>plain</b>", "text/plain", "note.txt")
        attach({{"party": "Ana", "numbers": [1, 2]}}, "application/json")
        attach(PICTURE, "image/png", "screen.png")
        attach("# links\\nhttps://example.org/a\\njavascript:alert(1)", "text/uri-list")
        attach({SVG!r}, "image/svg+xml")
        attach(b"\\x00\\xff", "application/octet-stream")

    @then("it fails with an attachment")
    def _(attach):
        attach("why", "text/plain")
        raise AssertionError("no")

    @then("a set is attached")
    def _(attach):
        attach({{1}}, "application/json")

    @then("text is attached as a picture")
    def _(attach):
        attach("text", "image/png")

    @then("it is attached without a type")
    def _(attach):
        attach("text", "plain")
"""

FEATURE = """
    Feature: f
      Scenario: a
        Given something is attached around
        When all kinds are attached
      Scenario: b
        Then it fails with an attachment
      Scenario: c
        Then a set is attached
      Scenario: d
        Then text is attached as a picture
      Scenario: e
        Then it is attached without a type
"""


@pytest.fixture
def attaching(folder: Folder) -> Folder:
    folder.write("conftest.py", CONFTEST)
    folder.write("features/f.feature", FEATURE)
    return folder


def test_attachments_stay_with_their_step(attaching: Folder) -> None:
    attaching.smslab("run")
    first, second, *_ = attaching.journal().scenarios
    assert [(each.step, each.media_type, each.encoding) for each in first.attachments] == [
        (-1, "text/plain", "text"),
        (0, "text/plain", "text"),
        (1, "text/plain", "text"),
        (1, "application/json", "text"),
        (1, "image/png", "base64"),
        (1, "text/uri-list", "text"),
        (1, "image/svg+xml", "text"),
        (1, "application/octet-stream", "base64"),
    ]
    assert [each.body for each in first.attachments][:2] == ["after", "before"]
    assert base64.b64decode(first.attachments[4].body) == PICTURE
    assert first.attachments[4].file_name == "screen.png"
    assert [(each.step, each.body) for each in second.attachments] == [(0, "why")]


def test_what_cannot_be_attached_fails_the_step_in_words(attaching: Folder) -> None:
    said = attaching.smslab("run").stdout
    assert "this value is none that JSON can hold" in said
    assert "image/png is attached as bytes, not as text" in said
    assert "'plain' is no media type. Expected one such as text/plain" in said
    assert "Traceback" not in said
    assert list(attaching.statuses().values()) == ["passed", *["failed"] * 4]


def test_the_journal_is_the_same_bytes_in_parallel_and_when_written_again(
    attaching: Folder,
) -> None:
    attaching.pytest("-q", "--smslab-results=serial")
    attaching.pytest("-q", "--smslab-results=parallel", "-n", "2")
    serial, parallel = (attaching.path / f"{name}/journal.jsonl" for name in ("serial", "parallel"))
    assert serial.read_bytes() == parallel.read_bytes()
    write(attaching.path / "again.jsonl", read(serial))
    assert (attaching.path / "again.jsonl").read_bytes() == serial.read_bytes()


def test_the_page_shows_them_and_runs_none_of_them(attaching: Folder) -> None:
    attaching.smslab("run")
    page = (attaching.path / "results/latest/report.html").read_text(encoding="utf-8")
    assert f'src="data:image/png;base64,{base64.b64encode(PICTURE).decode()}"' in page
    assert "img-src data:;" in page
    assert "&lt;b&gt;plain&lt;/b&gt;" in page
    assert "&#34;party&#34;: &#34;Ana&#34;" in page
    assert '<a href="https://example.org/a"' in page
    assert 'href="javascript' not in page
    assert SVG not in page
    assert "<svg xmlns" not in page
    assert "<script>alert" not in page
    assert "screen.png" in page
    assert render(Run(attaching.journal())) == page


def test_a_page_without_pictures_may_load_none(attaching: Folder) -> None:
    attaching.smslab("run", "--name", "b")
    page = (attaching.path / "results/latest/report.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "img-src" not in policy.group(1)


def test_stock_pytest_bdd_runs_steps_that_attach(attaching: Folder) -> None:
    attaching.write("pytest.ini", "[pytest]\nsmslab_collect = false\n")
    attaching.write(
        "test_it.py",
        """
        from pytest_bdd import scenario

        @scenario("features/f.feature", "a")
        def test_it(): ...
        """,
    )
    ended = attaching.pytest("-q", "test_it.py")
    assert ended.returncode == 0, ended.stdout

"""The page in a real browser: nothing scrolls sideways, and nothing executes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest

from smslab.reports import Run
from smslab.reports.journal_file import JournalFile
from smslab.reports.page import render
from tests.reports.hostile import hostile_journal
from tests.reports.synthetic import mixed_journal

MEASURE = """
<script>
const seen = {dialogs: 0, sideways: {}, title: "", scripts: 0};
const frame = document.querySelector("iframe");
frame.addEventListener("load", () => {
  const page = frame.contentDocument, root = page.documentElement;
  for (const name of ["alert", "confirm", "prompt"])
    frame.contentWindow[name] = () => { seen.dialogs += 1; };
  const measure = (when) => { seen.sideways[when] = root.scrollWidth - root.clientWidth; };
  measure("closed");
  for (const details of page.querySelectorAll("details")) details.open = true;
  measure("open");
  seen.title = page.title;
  seen.scripts = page.scripts.length;
  setTimeout(() => {
    document.querySelector("output").textContent = JSON.stringify(seen);
  }, 200);
});
frame.srcdoc = document.querySelector("template").content.textContent;
</script>
"""


@pytest.fixture(scope="module")
def chromium() -> str:
    """The browser. CI must have one; elsewhere the tests that need it say that they did not run."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and "CI" in os.environ:
        pytest.fail("CI needs Chromium: install Debian's package chromium.")
    if found is None:
        pytest.skip("The page was not opened in a browser: there is no chromium on the path.")
    return found


def measured(chromium: str, page: str, width: int, folder: Path) -> dict[str, object]:
    """What a browser of this width makes of the page, all folded parts opened in the end."""
    wrapper = folder / f"wrapper-{width}.html"
    wrapper.write_text(
        "<!doctype html><meta charset=utf-8><body style='margin:0'><output></output>"
        f"<template>{escape(page)}</template>"
        f"<iframe style='width:{width}px;height:900px;border:0'></iframe>{MEASURE}",
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            chromium,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *(f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=10000"),
            *(f"--window-size={max(width, 500)},900", "--dump-dom", wrapper.as_uri()),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    output = re.search(r"<output>(.*?)</output>", done.stdout, re.DOTALL)
    assert output is not None, done.stderr
    found: dict[str, object] = json.loads(unescape(output[1]))
    return found


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("journal", [mixed_journal(), hostile_journal()], ids=["mixed", "hostile"])
def test_nothing_scrolls_sideways_and_nothing_executes(
    chromium: str, journal: JournalFile, width: int, tmp_path: Path
) -> None:
    page = render(Run(journal))
    without_policy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert without_policy != page
    for text in (page, without_policy):
        seen = measured(chromium, text, width, tmp_path)
        assert seen["sideways"] == {"closed": 0, "open": 0}
        assert (seen["dialogs"], seen["scripts"]) == (0, 0)
        assert str(seen["title"]).endswith("- smslab")


def test_the_measurement_notices_what_it_looks_for(chromium: str, tmp_path: Path) -> None:
    bad = (
        "<title>x</title><div style='width:3000px'>wide</div>"
        "<script>document.title = 'taken'; setTimeout(() => alert(1), 100)</script>"
    )
    seen = measured(chromium, bad, 390, tmp_path)
    assert seen["sideways"] == {"closed": 3000 + 8 - 390, "open": 3000 + 8 - 390}
    assert (seen["title"], seen["scripts"], seen["dialogs"]) == ("taken", 1, 1)

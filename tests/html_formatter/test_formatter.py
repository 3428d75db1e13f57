"""The official HTML formatter shows everything that a run put into its messages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from tests.steps.conftest import Folder
from tests.steps.hostile_run import CONFTEST, FEATURES

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text that a reader of the formatter's page sees, after its scripts have run."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    installed = (HERE / "node_modules").is_dir() and shutil.which("node") is not None
    if chromium is None or not installed:
        how = (
            "chromium and node 20, then: "
            "npm ci --omit=optional --ignore-scripts --prefix tests/html_formatter"
        )
        if os.environ.get("SMSLAB_CI"):
            pytest.fail(f"in CI the HTML formatter must be there; install {how}")
        pytest.skip(f"left out: Cucumber's HTML formatter; for it, install {how}")
    folder = Folder(tmp_path_factory.mktemp("formatter"))
    folder.write("conftest.py", CONFTEST)
    folder.write("features/sound.feature", FEATURES["sound.feature"])
    folder.smslab("run", "--messages", "messages.ndjson")
    page = subprocess.run(
        ["node", str(HERE / "render.mjs")],
        input=(folder.path / "messages.ndjson").read_bytes(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    (folder.path / "page.html").write_bytes(page.stdout)
    return _read(chromium, folder.path / "page.html")


def _read(chromium: str, page: Path) -> str:
    done = subprocess.run(
        [
            chromium,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *(f"--user-data-dir={page.parent / 'profile'}", "--virtual-time-budget=10000"),
            *("--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    without_code = re.sub(r"<(script|style)\b.*?</\1>", "", done.stdout, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"</?(?!img|a )[^>]*>", "", without_code)))


@pytest.mark.parametrize(
    "text",
    [
        *("What is sound.", "tables are read", "@A-1", "@extra"),
        *("name-column", "number-cell", '{"doc-string": 1}'),
        *("greetings", "example-value", "other-value", 'Ana writes "hello" 2 times'),
        *("attached-note", "note.txt", '"rows": 2', "rows.json"),
        *('src="data:image/png;base64,', 'href="https://example.org/attached-link"'),
        *("expected 100%, got: <b>Ana</b>", "said Ben"),
    ],
)
def test_it_shows(text: str, shown: str) -> None:
    assert text in shown


def test_it_counts_what_passed_and_what_failed(shown: str) -> None:
    assert "5 / 6" in shown

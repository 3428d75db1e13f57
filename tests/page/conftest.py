"""A real browser for the page; where there is none, the tests say that they did not run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

NODE_MODULES = Path(__file__).parent / "node_modules"


def absent(what: str, how: str) -> None:
    """CI must have everything; elsewhere a test says what it was left out for."""
    if "CI" in os.environ or os.environ.get("SMSLAB_CI"):
        pytest.fail(f"CI needs {what}: {how}")
    pytest.skip(f"The page was not opened in a browser: there is no {what}; {how}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it.

    It goes with its file: while Playwright is there an event loop is running, and what other
    tests await would find it.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        absent("chromium", "install Debian's package chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core."""
    script = NODE_MODULES / "axe-core" / "axe.min.js"
    if not script.is_file():
        absent("axe-core", "npm ci --omit=optional --ignore-scripts --prefix tests/page")
    return script.read_text(encoding="utf-8")


@dataclass
class Opened:
    """A page in the browser, and what it did that it should not."""

    page: Page
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def sideways(self) -> int:
        """Pixels by which it is wider than the window."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def shown(self) -> list[str]:
        """The anchors of the scenarios that a filter has left, in the order of the page."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('details.sc[id], .ex tr[id]')]"
            ".filter((each) => !each.closest('[hidden]')).map((each) => each.id)"
        )
        return found


@dataclass
class Reader:
    """Opens files as a reader does: from disk."""

    browser: Browser
    opened: list[Opened] = field(default_factory=list)

    def open(
        self,
        path: Path,
        fragment: str = "",
        *,
        width: int = 1280,
        script: bool = True,
    ) -> Opened:
        """The page, when it is ready."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
        )
        context.set_default_timeout(10_000)
        found = Opened(context.new_page())
        self.opened.append(found)
        page = found.page
        _watch(page, found)
        page.goto(path.as_uri() + fragment)
        if script and page.locator("#index").count():
            page.wait_for_selector("html[data-ready]", state="attached")
        return found


def _watch(page: Page, found: Opened) -> None:
    """Note what the page does that it should not."""

    def on_dialog(dialog: Dialog) -> None:
        found.dialogs.append(dialog.message)
        dialog.dismiss()

    def on_request(asked: Request) -> None:
        if not asked.is_navigation_request():
            found.requests.append(asked.url)

    def on_console(said: ConsoleMessage) -> None:
        if said.type == "error":
            found.errors.append(said.text)

    page.on("dialog", on_dialog)
    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: found.errors.append(str(error)))


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """Opens pages; afterwards none may have run, fetched or complained about anything."""
    made = Reader(browser)
    yield made
    for opened in made.opened:
        assert (opened.dialogs, opened.requests, opened.errors) == ([], [], [])
        opened.page.context.close()

"""The page as a folder: an overview, and a page for each feature with every drawing in it.

For runs whose drawings would make one file too large to mail, and for readers without JavaScript.
All links are relative, so the folder can be moved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from smslab.reports.atomic import replacing
from smslab.reports.page.attachments import has_pictures
from smslab.reports.page.rendering import attachments_html, environment, head, render
from smslab.reports.page.scenarios import feature_views
from smslab.reports.page.telling import features
from smslab.reports.run import Run

if TYPE_CHECKING:
    from smslab.reports.comparing import Comparison
    from smslab.reports.history.trends import Trends

OVERVIEW = "index.html"
_LONGEST_NAME = 60


def write_folder(
    run: Run,
    folder: Path,
    comparison: Comparison | None = None,
    trends: Trends | None = None,
) -> list[Path]:
    """Write the pages into ``folder``, each atomically; returns their paths, the overview first.

    Pages of an earlier run that are no longer made are removed; other files are left alone.
    Raises OSError where the folder cannot be written to.
    """
    written = []
    for name, text in pages(run, comparison, trends):
        with replacing(folder / name) as stream:
            stream.write(text)
        written.append(folder / name)
    for old in folder.glob("feature-[0-9][0-9][0-9]*-*.html"):
        if old not in written:
            old.unlink()
    return written


def pages(
    run: Run, comparison: Comparison | None = None, trends: Trends | None = None
) -> Iterator[tuple[str, str]]:
    """Name and text of every page."""
    told = features(run.journal.scenarios)
    names = [page_name(number, each.name) for number, each in enumerate(told, start=1)]
    homes = {
        entry.anchor: name for name, each in zip(names, told, strict=True) for entry in each.entries
    }
    yield OVERVIEW, render(run, comparison, trends, homes)
    template = environment().get_template("feature.html")
    views = feature_views(run, attachments_html, unpacked=True)
    common = {**head(), "pictures": has_pictures(run), "overview": OVERVIEW}
    for name, view in zip(names, views, strict=True):
        yield name, template.render(feature=view, **common)


def page_name(number: int, feature: str) -> str:
    """A file name that any system and any mail program takes."""
    plain = unicodedata.normalize("NFKD", feature).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return f"feature-{number:03}-{words or 'unnamed'}.html"

"""What every drawing has around it: a box that scrolls, a size, a title and a description."""

from __future__ import annotations

from markupsafe import Markup, escape

from smslab.reports.diagrams.lettering import clean, shortened


def framed(
    prefix: str, *, kind: str, title: str, description: str, size: tuple[int, int], content: str
) -> Markup:
    """The drawing as HTML: one SVG picture that a screen reader knows by title and description.

    ``kind`` is a class of ``diagrams.css``; ``content`` is SVG, escaped already; ``prefix``
    begins the ids.
    """
    wide, high = size
    name = escape(shortened(title))
    names = f'aria-labelledby="{escape(prefix)}-t" aria-describedby="{escape(prefix)}-d"'
    return Markup(
        f'<div class="dg {kind}" role="group" tabindex="0" aria-label="{name}">'
        f'<svg role="img" {names} width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<title id="{escape(prefix)}-t">{name}</title>'
        f'<desc id="{escape(prefix)}-d">{escape(clean(description))}</desc>{content}</svg></div>'
    )

"""A journal whose every text tries to break the page, the XML or the table it stands in."""

from __future__ import annotations

from smslab.reports.journal_file import JournalFile
from tests.reports.story import Story
from tests.reports.synthetic import journal_of, people, reassignment

NASTY = (
    "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    "</title></style></details></table>&amp;\"'`{{ 7*7 }}{% raw %}"
    " \u202egnihtyreve sesrever\u2066 \x00\x08\x1b\ufffe 👩\u200d👩\u200d👧 مرحبا بالعالم |"
)
ENDLESS = "W" * 10_000


def hostile_journal() -> JournalFile:
    """Names, messages, steps, tables, tags, files and errors, all hostile, and all endless."""
    failing = reassignment(
        NASTY,
        name=NASTY,
        feature=NASTY,
        rule=NASTY,
        file=f"features/{NASTY}.feature",
        tags=(f"@{NASTY}", "@A-4"),
        examples={NASTY: NASTY},
        description=NASTY,
    )
    failing.change("consumer", "consumer-1", "name", "Ana", NASTY)
    failing.change("setting", NASTY, "value", "x", NASTY)
    failing.create("invariant", "I-1", broken=NASTY)
    failing.decide("refused", refused_by="N-5", reason=NASTY, requester_number=NASTY)
    failing.step("Then", NASTY, "failed", table=((NASTY, "x"),), docstring=NASTY, message=NASTY)

    endless = people(Story(ENDLESS, feature=ENDLESS, tags=(f"@{ENDLESS}",), file=ENDLESS))
    endless.step("Given", ENDLESS, "failed", table=((ENDLESS, ENDLESS),), docstring=ENDLESS)
    endless.change("consumer", "consumer-1", "name", "Ana", ENDLESS)
    endless.change("interaction", ENDLESS, "state", None, ENDLESS)
    endless.create("message", "m", interaction=ENDLESS, state=ENDLESS, body=ENDLESS, author=ENDLESS)
    endless.decide("sent", ENDLESS, began=ENDLESS, number_standing=ENDLESS, conversation=ENDLESS)
    return journal_of(
        failing.ended("failed", 5, NASTY, NASTY), endless.ended("failed", 0, ENDLESS, ENDLESS)
    )

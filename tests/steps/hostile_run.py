"""Features with every kind of trouble, and what must become of each in every output."""

from __future__ import annotations

TROUBLED_STEPS = """
    @then("it is skipped")
    def _():
        pytest.skip("not here")

    @then("it is not written")
    def _():
        raise NotImplementedError

    @pytest.fixture
    def breaks_at_the_end():
        yield
        raise RuntimeError("cannot be torn down")

    @pytest.fixture
    def breaks_at_the_start():
        raise RuntimeError("cannot be set up")

    @given("a fixture breaks at the end")
    def _(breaks_at_the_end): ...

    @given("a fixture breaks at the start")
    def _(breaks_at_the_start): ...
"""
"""Steps that do not pass, each in its way; they need pytest and the decorators of pytest-bdd."""

CONFTEST = (
    """
    import asyncio
    import pytest
    from pytest_bdd import given, when, then, parsers
    from smslab.steps.language.parser import parse

    @given("all is well")
    def _(): ...

    @given(parse("{party} writes {string} {int} time(s)"))
    def _(party, string, int): ...

    @given("a table is read")
    def _(datatable, attach):
        attach({"rows": len(datatable)}, "application/json", "rows.json")

    @given("a text is read")
    def _(docstring, attach):
        attach("attached-note", "text/plain", "note.txt")
        attach(b"\\x89PNG\\r\\n\\x1a\\n", "image/png", "screen.png")
        attach("https://example.org/attached-link", "text/uri-list")

    @given("two words fit")
    @given(parsers.re("two w.* fit"))
    def _(): ...

    async def helper():
        raise AssertionError("never reached")

    @when("nobody awaits the helper")
    def _():
        helper()

    @when("it is awaited")
    async def _():
        await asyncio.sleep(0)

    @then("it fails")
    def _():
        raise AssertionError("expected 100%, got: <b>Ana</b>\\n::error::second line, said Ben")
"""
    + TROUBLED_STEPS
)

FEATURES = {
    "sound.feature": """
        @A-1
        Feature: Sound
          What is sound.

          Background:
            Given all is well

          Scenario: passes
            Given Ana writes "hello" 2 times
            When it is awaited

          Rule: tables are read
            Scenario: table
              Given a table is read
                | name-column | number-column |
                | name-cell   | number-cell   |

            Scenario: text
              Given a text is read
                \"\"\"json
                {"doc-string": 1}
                \"\"\"

          Scenario Outline: rows
            Given <who> writes "<what>" 1 time

            @extra
            Examples: greetings
              | who | what          |
              | Ana | example-value |
              | Ben | other-value   |

          Scenario: fails here
            Then it fails
    """,
    "unsound.feature": """
        Feature: Unsound
          Scenario: undefined
            Given all is well
            And all is wel
            Then it fails
          Scenario: undefined first
            Given Ana writes "x" 1 time
            When nobody says this
          Scenario: ambiguous
            Given all is well
            And two words fit
          Scenario: not awaited
            Given all is well
            When nobody awaits the helper
          Scenario: fails
            Given all is well
            Then it fails
          Scenario: skipped
            Given all is well
            Then it is skipped
          Scenario: pending
            Given all is well
            Then it is not written
          Scenario: at the end
            Given a fixture breaks at the end
          Scenario: at the start
            Given a fixture breaks at the start
          Scenario: table nobody reads
            Given all is well
              | a |
          Scenario: twice
            Given all is well
          Scenario: twice
            Given all is well
          Scenario: no steps
          Scenario Outline: no rows
            Given <what> is well
            Examples:
              | what |
          Scenario Outline: values
            Given all is well
            And <what> is wel
            Examples:
              | what           |
              | % ,:\\| <i>hi</i> |
    """,
    "broken.feature": "Feature: Broken\n  Scenario: s\n    Given x\n    Gven y\n",
    "empty.feature": "",
    "without.feature": "Feature: Without scenarios\n",
}

STATUSES = {
    "Sound > passes": "passed",
    "Sound > tables are read > table": "passed",
    "Sound > tables are read > text": "passed",
    "Sound > tables are read > rows > who=Ana, what=example-value": "passed",
    "Sound > tables are read > rows > who=Ben, what=other-value": "passed",
    "Sound > tables are read > fails here": "failed",
    "Unsound > undefined": "undefined",
    "Unsound > undefined first": "undefined",
    "Unsound > ambiguous": "ambiguous",
    "Unsound > not awaited": "failed",
    "Unsound > fails": "failed",
    "Unsound > skipped": "skipped",
    "Unsound > pending": "pending",
    "Unsound > at the end": "failed",
    "Unsound > at the start": "failed",
    "Unsound > table nobody reads": "undefined",
    "Unsound > twice": "passed",
    "Unsound > twice (2)": "broken",
    "Unsound > no steps": "broken",
    "Unsound > no rows": "broken",
    "Unsound > values > what=% ,:| <i>hi</i>": "undefined",
    "features/broken.feature": "broken",
    "features/empty.feature": "broken",
    "features/without.feature": "broken",
}

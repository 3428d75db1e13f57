"""A snippet, pasted into a conftest.py, defines the step that it was made for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from smslab.steps.engine.model import Kind, Step
from smslab.steps.engine.registry import Registry
from smslab.steps.engine.snippets import conftest, snippet
from tests.steps.conftest import phrases

PIECES = st.sampled_from(
    [
        "Ana",
        "has",
        "2",
        "-3",
        "1.5",
        '"a (b) {c}"',
        "it's",
        "a/b",
        "(s)",
        "{x}",
        "\\",
        "v1.2.3",
        "é",
    ]
)


@given(
    words=st.lists(PIECES, min_size=1, max_size=6),
    kind=st.sampled_from(["given", "when", "then", None]),
    table=st.booleans(),
    docstring=st.booleans(),
)
def test_a_snippet_defines_its_step(
    words: list[str], kind: Kind | None, table: bool, docstring: bool
) -> None:
    text = " ".join(words)
    under: dict[str, Any] = {"table": (("a",),) if table else None}
    under["docstring"] = "d" if docstring else None
    step = replace(Step("Given", text, kind, 1, False), **under)
    (definition,) = phrases(snippet(step)).lookup(step)
    names = {"table": "datatable", "docstring": "docstring"}
    taken = {names[name] for name, given_to_it in under.items() if given_to_it}
    assert set(definition.arguments(text)) | taken == definition.parameters


def test_snippets_of_one_conftest_share_their_imports(
    phrases: Callable[[str], Registry],
) -> None:
    steps = [Step("When", text, "when", 1, False) for text in ("a 1", "a 2", 'b "c"')]
    source = conftest([snippet(step) for step in [*steps, Step("*", "d", None, 1, False)]])
    assert source.startswith("from pytest_bdd import step, when\nfrom smslab")
    assert source.count("import") == 2
    assert [d.phrase for d in phrases(source).definitions] == ["a {int}", "b {string}", "d"]

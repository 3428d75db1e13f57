"""What a phrase says when the scenario is wrong, or the instance is."""

from __future__ import annotations

import pytest

from smslab.steps.engine.direct import language
from tests.steps.language.telling import FIRST, Tell

SENT = 'When Bill texts Ana "Hi"'
PREVIEW = "When Bill previews a text to Ana"
FORM = "When Bill opens the compose form on Ana's record"
VALIDATED = 'When the number "0151 23456789" is validated for Ana'


def test_every_phrase_is_declared_once() -> None:
    phrases = [(d.kind, d.phrase) for d in language().definitions]
    assert len(set(phrases)) == len(phrases) > 100


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([SENT, "Then decision row A-2 applies"], "expected: row A-2\n     got: row A-1"),
        (
            [PREVIEW, "Then decision row A-1 applies"],
            "expected: row A-1 is carried out\n"
            "     got: the send was previewed (row A-1 would apply)",
        ),
        (
            [SENT, "Then the send is refused by rule C-4"],
            "expected: the send is refused\n     got: it was sent",
        ),
        (
            [SENT, "Then Bill is warned that the number is currently associated with Ben"],
            "the send must wait for the agent\nexpected: previewed or warned\n     got: sent",
        ),
        (
            [SENT, "Then the number belongs to Ben"],
            "whom +4915123456789 belongs to\nexpected: Ben\n     got: Ana",
        ),
        (
            [SENT, "Then the interaction with Ana is assigned to Cleo"],
            "Ana's interaction IMS0000001 is assigned to\nexpected: Cleo\n     got: Bill",
        ),
        (
            [SENT, "Then Ana's interaction is Closed Complete"],
            "Ana's interaction IMS0000001\nexpected: Closed Complete\n     got: Work In Progress",
        ),
        ([SENT, "Then the message is failed"], "expected: failed\n     got: sent"),
        (
            [PREVIEW, "Then the message is sent"],
            "expected: a message\n     got: none; the send was previewed",
        ),
        (
            [SENT, "Then the existing interaction is closed"],
            "there was no active interaction on the line before this send.",
        ),
        (
            ['When Bill texts Ben "Hi"', "Then the send is refused by rule C-8"],
            "the refusal says: Ben has no phone number to fill in.\n"
            "expected: rule C-8\n     got: rule C-6",
        ),
        (
            [FORM, "Then Compose SMS is not offered because of rule C-1"],
            "expected: Compose SMS is not offered\n     got: it is",
        ),
        (
            ["Then Send to is empty"],
            "nobody has opened the compose form yet in this scenario.",
        ),
        (
            [PREVIEW, "Then the card of the conversation says", "  | party | Ana |"],
            "expected: a card\n     got: none; no conversation is going on there",
        ),
        (
            [VALIDATED, "Then the number is accepted unchanged"],
            "expected: accepted unchanged\n     got: converted to +4915123456789",
        ),
    ],
)
def test_expected_and_got_are_said_in_words(tell: Tell, steps: list[str], message: str) -> None:
    said = tell(*steps)
    assert (said.status, said.message, said.detail) == ("failed", message, None)
    assert said.line == FIRST + 1 or len(steps) == 1


def test_nothing_has_changed_says_what_has(tell: Tell) -> None:
    said = tell(SENT, "Then nothing has changed")
    assert said.message.startswith("expected: every record as before\n     got: ")
    assert "interaction IMS0000001: state None -> New" in said.message
    assert "decision" not in said.message


# Tables


def test_changed_states_are_shown_as_a_table(tell: Tell) -> None:
    said = tell(
        SENT,
        "Then these states change",
        "  | entity      | of  | from | to      |",
        "  | interaction | Ana | -    | On Hold |",
    )
    assert said.message == (
        "expected state changes:\n"
        "  | interaction | Ana | - | On Hold |\n"
        "     got:\n"
        "  | interaction | Ana | - | New |\n"
        "  | interaction | Ana | New | Work In Progress |"
    )


@pytest.mark.parametrize(
    ("steps", "columns", "wanted"),
    [
        (
            ["Then these states change", "  | entity | whose | from | to |"],
            ["entity", "whose", "from", "to"],
            ["entity", "of", "from", "to"],
        ),
        (
            ["Then the number's profiles have been", "  | of | status |"],
            ["of", "status"],
            ["of", "state"],
        ),
        (
            ["Then the conversation with Ana reads", "  | who | text |"],
            ["who", "text"],
            ["from", "text"],
        ),
    ],
)
def test_a_wrong_column_says_which_there_are(
    tell: Tell, steps: list[str], columns: list[str], wanted: list[str]
) -> None:
    said = tell(SENT, *steps)
    assert said.line == FIRST + 1
    assert (said.status, said.detail) == ("failed", None)
    assert said.message == (
        f"the columns of the table\nexpected: {', '.join(wanted)}\n     got: {', '.join(columns)}"
    )


def test_an_entity_without_a_state(tell: Tell) -> None:
    said = tell(
        SENT,
        "Then these states change",
        "  | entity  | of  | from | to     |",
        "  | profile | Ana | -    | active |",
    )
    assert said.message.startswith(
        "'profile' has no state; entities are: interaction, channel user"
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("| colour | red |", "the card has no 'colour'; it has: interaction, message type,"),
        ("| party | Ana | Ben |", "the columns of the table: what the card names, and its value"),
        ("| party | Ben |", "the card's party\nexpected: Ben\n     got: Ana"),
    ],
)
def test_a_card_that_is_not_so(tell: Tell, row: str, message: str) -> None:
    said = tell(
        "Given Ana has an SMS conversation with agent Bill",
        "When Cleo previews a text to Ana",
        "Then the card of the conversation says",
        f"  {row}",
    )
    assert said.message.startswith(message)
    assert (said.line, said.detail) == (FIRST + 2, None)


def test_a_table_that_is_missing_or_too_much(tell: Tell) -> None:
    missing = tell(SENT, "Then these states change")
    assert missing.status == "undefined"
    assert "needs a table under it" in missing.message
    too_much = tell(SENT, "Then decision row A-1 applies", "  | a |")
    assert too_much.status == "undefined"
    assert "takes no table" in too_much.message


# Phrases that are none


def test_an_undefined_phrase_names_the_nearest(tell: Tell) -> None:
    said = tell('When Bill text Ana "Hi"')
    assert (said.status, said.line) == ("undefined", FIRST)
    assert "no phrase says `Bill text Ana" in said.message
    assert "{agent} texts {party} {string}" in said.message


def test_a_phrase_where_it_does_not_belong(tell: Tell) -> None:
    said = tell('Given Bill texts Ana "Hi"')
    assert said.status == "undefined"
    assert "is a phrase for When" in said.message


def test_a_lower_case_name_is_no_name(tell: Tell) -> None:
    assert tell('When bill texts Ana "Hi"').status == "undefined"

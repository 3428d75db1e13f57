"""What the scene keeps of a scenario, and what it does not let pass unsaid."""

from __future__ import annotations

import pytest

from tests.steps.language.telling import FIRST, SETTING, Tell

RACE = (
    'Given the setting "sends_are_serialised" is "false"',
    "When Bill and Cleo text Ana at the same moment",
)
REASSIGNMENT = (
    "Given Ana has an SMS conversation with agent Bill",
    'When Cleo texts Ben at Ana\'s number "Your parcel is here"',
)


def test_a_story_that_holds(tell: Tell) -> None:
    said = tell(
        *REASSIGNMENT,
        "Then Cleo is warned that the number is currently associated with Ana",
        "When Cleo sends it anyway",
        "Then decision row A-4 applies",
    )
    assert (said.status, said.message) == ("passed", "")


# Names


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ('When Bill texts Anna "Hi"', "no consumer, contact or user 'Anna'"),
        ('When Bil texts Ana "Hi"', "no agent 'Bil'"),
        ('Given Anna\'s mobile number is "0151 2"', "no consumer, contact or user 'Anna'"),
        (
            "When Bill opens the compose form on Anna's record",
            "no consumer, contact or user 'Anna'",
        ),
        ('When the number "030 1" is validated for Anna', "no consumer, contact or user 'Anna'"),
        ("Then Anna has 0 active SMS interactions", "no consumer, contact or user 'Anna'"),
        ("Given Anna is the same person as the user Ben", "no consumer, contact or user 'Anna'"),
    ],
)
def test_a_name_that_nobody_introduced_names_the_nearest(tell: Tell, step: str, said: str) -> None:
    got = tell(step)
    assert (got.status, got.line, got.step) == ("failed", FIRST, step.split(" ", 1)[1])
    nearest = "Bill" if "Bil'" in said else "Ana"
    assert got.message == f"there is {said} in this scenario; did you mean {nearest}?"
    assert got.detail is None


def test_a_name_like_none_lists_those_there_are(tell: Tell) -> None:
    said = tell('When Bill texts Xerxes "Hi"')
    assert said.message.endswith("in this scenario; the scenario has: Ana, Ben.")


def test_a_name_where_there_are_none_says_what_to_do(tell: Tell) -> None:
    said = tell('When Bill texts Ana "Hi"', setting=['Given the company texts from "+4930901820"'])
    assert said.message == (
        "there is no agent 'Bill' in this scenario; the scenario has none yet; "
        "introduce one with a Given step."
    )


@pytest.mark.parametrize("step", ["Given Ana is a contact", "Given Bill is a user in Berlin"])
def test_a_name_is_for_one_person(tell: Tell, step: str) -> None:
    said = tell(step)
    assert said.status == "failed"
    assert "in this scenario already; names are for one person" in said.message


# What happened and no step says so


def test_a_refusal_left_unsaid_fails_at_the_end(tell: Tell) -> None:
    said = tell('When Bill texts Ben "Hi"', "Then nothing has changed")
    assert (said.status, said.step, said.line) == ("failed", 'Bill texts Ben "Hi"', FIRST)
    assert said.message == (
        "the send was refused: Ben has no phone number to fill in. (rule C-6)\n"
        "no step of the scenario says so; if it is meant, say it in a Then step."
    )
    assert said.detail is None


def test_a_refusal_left_unsaid_fails_before_the_next_command(tell: Tell) -> None:
    said = tell('When Bill texts Ben "Hi"', 'And Bill texts Ana "Hi"')
    assert (said.status, said.line) == ("failed", FIRST + 1)
    assert "(rule C-6)" in said.message


def test_a_refusal_that_is_said(tell: Tell) -> None:
    assert tell('When Bill texts Ben "Hi"', "Then the send is refused by rule C-6").status == (
        "passed"
    )


def test_a_warning_left_unsaid(tell: Tell) -> None:
    said = tell(*REASSIGNMENT)
    assert (said.status, said.line) == ("failed", FIRST + 1)
    assert said.message.startswith(
        "the message was not sent; the agent was warned: "
        "+4915123456789 is currently associated with Ana."
    )


def test_a_refused_text_left_unsaid(tell: Tell) -> None:
    said = tell('When a text from "+49 151 23456789" reaches "+49 89 123456": "Hello?"')
    assert said.message.startswith(
        "the text was refused: +4989123456 is not a number of the company. (rule R-1)"
    )


def test_a_refused_number_left_unsaid(tell: Tell) -> None:
    said = tell('When the number "0151 CALL" is validated for Ana')
    assert said.status == "failed"
    assert said.message.startswith("the number was refused by rule N-5: ")


def test_a_broken_invariant_left_unsaid(tell: Tell) -> None:
    said = tell(*RACE, "Then Ana has 2 active SMS interactions")
    assert (said.status, said.line) == ("failed", FIRST + 1)
    assert "invariant I-1 is broken: IMS0000001 and IMS0000002 are active" in said.message
    assert "invariant I-2 is broken: profile-1 and profile-2" in said.message
    assert "IMS0000001: state Work In Progress, type messaging" in said.message
    assert "assigned to Bill" in said.message
    assert said.message.endswith("Bill: send; Cleo: send.")


def test_one_of_two_broken_invariants_left_unsaid(tell: Tell) -> None:
    said = tell(*RACE, "Then invariant I-1 is broken by both interactions")
    assert said.status == "failed"
    assert "I-1" not in said.message
    assert said.message.startswith("invariant I-2 is broken: ")


def test_an_invariant_that_is_not_broken(tell: Tell) -> None:
    said = tell('When Bill texts Ana "Hi"', "Then invariant I-1 is broken")
    assert said.line == FIRST + 1
    assert said.message == "expected: invariant I-1 is broken\n     got: none"


def test_a_broken_invariant_is_said_once_each(tell: Tell) -> None:
    said = tell(*RACE, "Then invariant I-1 is broken", "And invariant I-1 is broken")
    assert said.message == "expected: invariant I-1 is broken\n     got: I-2"


# Confirming and declining


@pytest.mark.parametrize("answer", ["Bill sends it anyway", "Bill declines"])
def test_there_is_nothing_to_answer_without_a_warning(tell: Tell, answer: str) -> None:
    said = tell('When Bill texts Ana "Hi"', f"And {answer}")
    assert (said.status, said.step) == ("failed", answer)
    assert said.message == (
        "Bill was not warned, so there is nothing to confirm or decline; the latest send was sent."
    )


def test_nobody_answers_for_another(tell: Tell) -> None:
    said = tell(*REASSIGNMENT, "When Bill sends it anyway")
    assert said.message.startswith("Bill was not warned")


def test_there_is_nothing_to_answer_before_any_send(tell: Tell) -> None:
    assert tell("When Bill declines").message == "nobody has sent anything yet in this scenario."


def test_a_warning_can_be_answered_without_being_said(tell: Tell) -> None:
    assert tell(*REASSIGNMENT, "And Cleo declines", "Then nothing has changed").status == "passed"


# That number


def test_that_number_before_there_is_one(tell: Tell) -> None:
    said = tell('When Bill texts Ana at that number "Hi"', setting=[*SETTING[:2], SETTING[3]])
    assert said.message == "no number was named before this step; name one in a Given step."


def test_that_number_is_the_one_named_last(tell: Tell) -> None:
    said = tell(
        'Given Ben\'s mobile number is "0151 23456780"',
        'When Bill texts Ana at that number "Hi"',
        'Then the message goes out from "+4930901820" to "+4915123456780"',
    )
    assert said.status == "passed"


def test_a_party_without_a_number(tell: Tell) -> None:
    said = tell("Given Ben has an SMS conversation with agent Bill")
    assert said.message == "Ben has no number; give one with a Given step."


@pytest.mark.parametrize(
    "step",
    [
        "Given Ana has an SMS conversation with the virtual agent",
        'When Ana texts the company "Hello"',
    ],
)
def test_a_company_without_a_number(tell: Tell, step: str) -> None:
    said = tell(step, setting=SETTING[1:])
    assert (said.status, said.detail) == ("failed", None)
    assert said.message == "the company has no number yet; say: the company texts from ..."

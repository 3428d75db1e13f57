"""Settings, places, channels, numbers and conversations that a scenario speaks of in vain."""

from __future__ import annotations

import pytest

from tests.steps.language.telling import FIRST, Tell


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "closed_by_sent",
            "closed_complete",
            "There is no setting 'closed_by_sent'; did you mean 'closed_by_send'?",
        ),
        (
            "closed_by_send",
            "abandoned",
            "The setting 'closed_by_send' is closed_complete or closed_abandoned, "
            "not 'abandoned'; did you mean 'closed_abandoned'?",
        ),
        (
            "wrap_up_is_active",
            "on",
            "The setting 'wrap_up_is_active' is true or false, not 'on'.",
        ),
    ],
)
@pytest.mark.parametrize("keyword", ["Given", "When"])
def test_a_setting_that_is_none(
    tell: Tell, keyword: str, name: str, value: str, message: str
) -> None:
    verb = "is" if keyword == "Given" else "becomes"
    said = tell(f'{keyword} the setting "{name}" {verb} "{value}"')
    assert (said.status, said.line, said.message) == ("failed", FIRST, message)
    assert said.detail is None


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("Given Cem is a consumer in Berlyn", "there is no place 'Berlyn'; did you mean Berlin?"),
        (
            "Given Cem is a consumer in Germani",
            "there is no place 'Germani'; did you mean Germany?",
        ),
        (
            "Given Cem is a consumer in Oz",
            'there is no place \'Oz\'; introduce it with: a location "..." in "..."',
        ),
        ("When Ana moves to Parys", "there is no place 'Parys'; did you mean Paris?"),
        (
            'Given a location "Mitte" in "Berlyn"',
            "there is no place 'Berlyn'; did you mean Berlin?",
        ),
        (
            'Given the location "Mitte" has the phone territory "DEU"',
            "There is no phone territory 'DEU'; did you mean 'DE'?",
        ),
        (
            'Given the channel "SMSS" is inactive',
            "There is no channel 'SMSS'; the instance has: SMS.",
        ),
    ],
)
def test_what_does_not_exist(tell: Tell, step: str, message: str) -> None:
    said = tell(step)
    assert (said.status, said.line, said.detail) == ("failed", FIRST, None)
    assert said.message == message


def test_time_does_not_stand_still(tell: Tell) -> None:
    said = tell("When 0 days pass")
    assert (said.status, said.line, said.detail) == ("failed", FIRST, None)
    assert "0:00:00 is not a" in said.message


def test_a_place_that_the_scenario_made_is_near_as_well(tell: Tell) -> None:
    said = tell('Given a location "Utopia"', "And Cem is a consumer in Utopija")
    assert said.message == "there is no place 'Utopija'; did you mean Utopia?"


@pytest.mark.parametrize(
    ("step", "beginning"),
    [
        ('Given Ana\'s mobile number is "0151 CALL"', "'0151 CALL' is not a number: "),
        ('Given the company texts from "PARCELS"', '"PARCELS" holds the letter "P"'),
        (
            'Given a guest has an SMS conversation with the virtual agent at "12"',
            "'12' is not a number: ",
        ),
    ],
)
def test_a_number_that_is_none(tell: Tell, step: str, beginning: str) -> None:
    said = tell(step)
    assert (said.status, said.line, said.detail) == ("failed", FIRST, None)
    assert said.message.startswith(beginning)
    assert " is written " in said.message


def test_a_text_through_a_number_that_is_not_the_companys(tell: Tell) -> None:
    said = tell('Given Ana has an SMS conversation with the virtual agent through "+49 89 123456"')
    assert said.message == "+4989123456 is not a number of the company. (rule R-1)"
    assert said.detail is None


def test_an_attachment_that_is_not_an_image(tell: Tell) -> None:
    step = 'When Bill texts Ana "Hi" with the attachment "offer.pdf"'
    assert tell(step, "Then the send is refused by rule C-10").status == "passed"
    said = tell(step)
    assert "'offer.pdf' is of type application/pdf; allowed are image/*." in said.message


# Conversations that cannot be


def test_a_conversation_that_reaches_somebody_else(tell: Tell) -> None:
    said = tell(
        "Given Ana has an SMS conversation with the virtual agent",
        "And Ben has an SMS conversation with the virtual agent at that number",
    )
    assert said.message == (
        "a text from +4915123456789 reaches Ana, not Ben; whose number is it in this scenario?"
    )


def test_a_conversation_where_there_is_one(tell: Tell) -> None:
    said = tell(*["Given Ana has an SMS conversation with agent Bill"] * 2)
    assert said.message == (
        "Bill cannot begin a conversation with Ana at +4915123456789: "
        "a conversation is going on there already."
    )


def test_an_interaction_that_is_not_there(tell: Tell) -> None:
    said = tell('When Bill replies to Ana\'s interaction of type phone with "Hi"')
    assert said.message == "there is no interaction of type phone with Ana."


def test_a_state_that_nothing_ends_in(tell: Tell) -> None:
    said = tell(
        "Given Ana has an SMS conversation with agent Bill",
        "And Ana's interaction of type messaging has become On Hold",
    )
    assert said.message == "an interaction does not become On Hold by being ended."

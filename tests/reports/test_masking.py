"""A masked run holds no original, reads on as before, and is the same all over again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslab.reports import Run
from smslab.reports.comparing import compare
from smslab.reports.frames.columns import rows_of
from smslab.reports.journal_file import (
    STATUSES,
    AttachmentLine,
    JournalFile,
    run_text,
    scenario_text,
)
from smslab.reports.masking import masked, masked_alike
from smslab.reports.page import render
from smslab.reports.run import FRAMES
from tests.reports.hostile import ENDLESS, NASTY, hostile_journal
from tests.reports.story import NUMBER, Story
from tests.reports.synthetic import (
    FAILURE,
    claimed_guest,
    first_contact,
    journal_of,
    mixed_journal,
    people,
    reassignment,
)

BODY = "Your parcel is here"
ORIGINALS = ("Ana", "Ben", "Bill", "Cleo", NUMBER, "0151 23456789", "151 23456789", BODY)


def text_of(journal: JournalFile) -> str:
    """Everything that a journal holds, as it is written."""
    run = "" if journal.run is None else run_text(journal.run)
    return "".join([run, *map(scenario_text, journal.scenarios), *journal.damage])


def telling() -> JournalFile:
    """A journal that tells its originals in every text that it has."""
    everything = f"Ana's number 0151 23456789 is {NUMBER}, says Bill: “{BODY}”"
    story = reassignment(
        name=everything,
        feature=f"{everything} (feature)",
        rule=f"{everything} (rule)",
        tags=("@Ana", "@A-4", "@of_Ben"),
        examples={"party": "Ana", "number": "0151 23456789", "Ben's": BODY},
        description=everything,
        file="features/Ana.feature",
    )
    story.step("And", everything, table=(("who", BODY), ("Ana", NUMBER)), docstring=everything)
    story.change("messaging action", "action-1", "name", None, "Remind Bill", command="tell Bill")
    story.create("invariant", "I-1", broken=everything)
    story.decide("refused", refused_by="N-5", reason=everything)
    story.step("Then", "the number is Ana's", "failed", message=everything)
    record = story.ended("failed", 7, everything, f"AssertionError: {everything!r}")
    record.attachments.append(
        AttachmentLine(story.key, 1, "text/plain", "Ana.txt", "text", everything)
    )
    journal = journal_of(record, first_contact().passed())
    journal.damage.append(f"journal.jsonl:7: the scenario “{story.key}” was cut off.")
    return journal


def test_no_original_is_left_in_the_journal_or_on_the_page() -> None:
    run = masked(Run(telling()))
    for text in (text_of(run.journal), render(run)):
        assert [original for original in ORIGINALS if original in text] == []


def test_no_original_is_left_in_any_frame() -> None:
    run = masked(Run(telling()))
    text = "".join(getattr(run, name).to_csv() for name in FRAMES)
    assert [original for original in ORIGINALS if original in text] == []


def test_the_same_original_becomes_the_same_everywhere() -> None:
    run = masked(Run(journal_of(reassignment().passed(), first_contact().passed())))
    first, second = run.journal.scenarios[1].steps[0], run.journal.scenarios[0].steps[0]
    assert first.text == "Person-1 is a consumer in Berlin"
    assert second.text == "Person-1 and Person-2 are consumers in Berlin"
    owners = [(row["owner"], row["number"]) for row in rows_of(run.ownership)]
    number = owners[0][1]
    assert owners == [("Person-1", number), ("Person-2", number), ("Person-1", number)]
    assert number.startswith("+999")
    assert (
        run.journal.scenarios[0].steps[2].text
        == 'Agent-2 texts Person-2 at Person-1\'s number "Text-1"'
    )
    assert {row["body"] for row in rows_of(run.messages)} == {"Text-1", "Text-2"}


def test_a_number_is_the_same_in_local_and_in_international_format() -> None:
    story = people(Story("Formats").step("Given", f'"0151 23456789" is "{NUMBER}" on 2026-01-05'))
    story.create("channel user profile", "p", state="active", number=NUMBER)
    (record,) = masked(Run(journal_of(story.passed()))).journal.scenarios
    words = record.steps[0].text.split()
    assert words[0] == words[2]
    assert words[4] == "2026-01-05"


def test_what_happened_is_told_as_before() -> None:
    before, after = Run(mixed_journal()), masked(Run(mixed_journal()))
    for name, columns in {
        "transitions": ["entity", "from", "to", "command", "rule", "time", "step", "id"],
        "decisions": ["outcome", "row", "profile_rule", "number_standing", "status", "interaction"],
        "scenarios": ["status", "at", "failed_step", "events", "seed"],
        "settings": ["name", "value", "rule", "changed"],
    }.items():
        frames = [getattr(run, name)[columns].astype(str).fillna("") for run in (before, after)]
        rows = [sorted(map(tuple, frame.to_numpy())) for frame in frames]
        assert rows[0] == rows[1], name
    assert after.rules.equals(before.rules)


def test_a_name_in_a_scenario_that_could_not_run_is_masked_too() -> None:
    story = Story("Zoë's hat", tags=("@A-3",)).step("Given", "Zoë wears a hat", "undefined")
    story.step("When", 'Zoë texts the company "nobody knows this"', "skipped")
    story.step("Then", "these", "skipped", table=(("from", "text"), ("Zoë", "not this either")))
    journal = journal_of(
        story.ended("undefined", 0, "No phrase matches “Zoë wears a hat”."), reassignment().passed()
    )
    text = text_of(masked(Run(journal)).journal)
    secrets = ("Zoë", "nobody knows this", "not this either")
    assert [secret for secret in secrets if secret in text] == []
    assert "wears a hat" in text


def test_parts_of_a_name_are_masked() -> None:
    story = people(Story("Rocío's day").step("Given", "Rocío and Señora Olmos are one"))
    story.change("consumer", "consumer-1", "name", "Ana", "Rocío Olmos")
    (record,) = masked(Run(journal_of(story.passed()))).journal.scenarios
    stand_in = record.events[-1].new
    assert record.scenario.name == f"{stand_in}'s day"
    assert record.steps[0].text == f"{stand_in} and Señora {stand_in} are one"


def test_a_name_in_a_script_without_spaces_is_found_within_a_text() -> None:
    story = people(Story("安娜的包裹").step("Given", "x"))
    story.change("consumer", "consumer-1", "name", "Ana", "安娜")
    assert "安娜" not in text_of(masked(Run(journal_of(story.passed()))).journal)


def test_ordinary_words_that_were_a_message_stay_where_they_are_no_message() -> None:
    story = people(Story("Words").step("Given", 'Cleo is an agent and texts "agent", not "New"'))
    story.create("message", "m", body="agent", interaction="i", state="queued")
    story.create("interaction", "i", state="New")
    (record,) = masked(Run(journal_of(story.passed()))).journal.scenarios
    assert record.steps[0].text == 'Agent-2 is an agent and texts "Text-1", not "New"'
    assert record.events[-1].new == "New"


def test_a_message_of_one_word_is_masked_in_the_name_that_an_outline_makes_of_it() -> None:
    story = people(Story("Not a keyword: Stopp", examples={"text": "Stopp", "kind": "one"}))
    story.step("Given", 'Ana texts the company "Stopp"')
    story.create("message", "m", body="Stopp", interaction="i", state="received")
    (record,) = masked(Run(journal_of(story.passed()))).journal.scenarios
    assert "Stopp" not in scenario_text(record)
    assert record.scenario.name == "Not a keyword: Text-1"
    assert record.scenario.examples == {"text": "Text-1", "kind": "one"}


def test_scenarios_that_differ_only_in_what_is_masked_keep_keys_of_their_own() -> None:
    stories = [people(Story(f"{name}'s parcel").step("Given", "x")) for name in ("Ana", "Ben")]
    for story in stories:
        story.change("consumer", "consumer-9", "name", None, story.name[:3])
        story.change("consumer", "consumer-9", "name", None, "Ana Ben")
    keys = [
        r.scenario.scenario
        for r in masked(Run(journal_of(*(s.passed() for s in stories)))).journal.scenarios
    ]
    assert len(set(keys)) == 2


def test_runs_that_are_compared_are_masked_alike() -> None:
    ended = (
        reassignment().passed(),
        reassignment().ended("failed", 2, "expected: Ben\n     got: Ana"),
    )
    runs = [
        Run(journal_of(first_contact().passed(), ended[0])),
        Run(journal_of(ended[1], people(Story("Zoë comes")).passed())),
    ]
    first, second = masked_alike(*runs)
    comparison, before = compare(first, second), compare(runs[0], runs[1])
    assert comparison.counts == before.counts
    assert comparison.counts["regressed"] == 1
    texts = [text_of(run.journal) for run in (first, second)]
    assert [original for original in ORIGINALS for text in texts if original in text] == []
    assert (
        rows_of(first.ownership)[-1]["number"]
        == rows_of(second.ownership)[-1]["number"]
        == rows_of(masked(runs[0]).ownership)[-1]["number"]
    )


def test_a_scenario_that_fails_in_one_run_keeps_one_key_and_is_masked_with_care_in_both() -> None:
    story = people(Story("Zoë's parcel", tags=("@A-3",)).step("Given", "x"))
    first, second = masked_alike(
        Run(journal_of(story.passed())), Run(journal_of(story.ended("failed", 0, "Zoë is late")))
    )
    keys = [run.journal.scenarios[0].scenario.scenario for run in (first, second)]
    assert keys[0] == keys[1]
    assert "Zoë" not in text_of(first.journal) + text_of(second.journal)


def test_scenarios_of_two_runs_that_read_the_same_when_masked_are_not_taken_for_one() -> None:
    runs = []
    for name in ("Ana", "Ben"):
        story = people(Story(f"{name}'s parcel").step("Given", "x"))
        story.change("consumer", "consumer-9", "name", None, "Ana Ben")
        runs.append(Run(journal_of(story.passed())))
    first, second = masked_alike(*runs)
    counts = compare(first, second).counts
    assert (counts["new"], counts["gone"]) == (1, 1)


def test_a_stand_in_that_is_somebody_s_name_is_not_given_to_another() -> None:
    story = people(Story("x").step("Given", "Ana is Person-1"))
    story.change("consumer", "consumer-2", "name", "Ben", "Person-1")
    (record,) = masked(Run(journal_of(story.passed()))).journal.scenarios
    assert record.steps[0].text == "Person-2 is Person-4"


def test_masking_gives_the_same_again() -> None:
    once, again = masked(Run(telling())), masked(Run(telling()))
    assert text_of(once.journal) == text_of(again.journal)


def test_nothing_hostile_is_left_and_the_page_is_made() -> None:
    run = masked(Run(hostile_journal()))
    text = text_of(run.journal)
    assert FAILURE not in text
    assert "onerror" not in render(run)
    assert ENDLESS not in text
    assert NASTY not in text


letters = st.characters(categories=("Lu", "Ll", "Lo", "Lt", "Nd", "Po", "Sm", "So", "Zs"))
OPEN = (*STATUSES, "guest", "virtual agent", "administrator", "instance", "Person", "Agent", "Text")
"""Words that a masked journal has on its own, whatever was said."""

secrets = st.text(letters, min_size=4, max_size=30).filter(
    lambda text: (
        text.strip() == text
        and sum(map(str.isalpha, text)) > 3
        and not any(text in word for word in OPEN)
    )
)


@given(secrets, secrets, st.sampled_from(["%s", "%s's number", '"%s"', "(%s)", "to %s, or"]))
@settings(max_examples=150, deadline=None)
def test_any_name_and_any_message_is_masked_wherever_it_stands(
    name: str, body: str, around: str
) -> None:
    story = people(Story(around % name).step("Given", around % name))
    story.step("When", 'somebody texts "{}"'.format(body.replace("\\", "\\\\").replace('"', '\\"')))
    story.change("consumer", "consumer-1", "name", "Ana", name)
    story.create("message", "m", body=body, interaction="i", state="queued", author="consumer-1")
    (record,) = masked(Run(journal_of(story.passed()))).journal.scenarios
    assert name not in record.scenario.name
    assert name not in record.steps[0].text
    assert body not in record.steps[1].text
    assert not {name, body} & {event.new for event in record.events}


@pytest.mark.parametrize("journal", [journal_of(), journal_of(claimed_guest().cut_off())])
def test_runs_with_little_in_them_can_be_masked(journal: JournalFile) -> None:
    assert len(masked(Run(journal)).scenarios) == len(journal.scenarios)

"""Journals made up for the tests, as the simulator and the harness would write them."""

from __future__ import annotations

from smslab.reports.journal_file import JournalFile, RunLine, ScenarioRecord
from smslab.simulator.journal import Value
from tests.reports.story import COMPANY, NUMBER, Story, run_line


def people(story: Story) -> Story:
    """Ana and Ben, consumers, and the agents Bill and Cleo."""
    for id, name in (("consumer-1", "Ana"), ("consumer-2", "Ben")):
        story.create(
            "consumer", id, name=name, mobile_phone="0151 23456789", command="add consumer"
        )
    for id, name in (("agent-1", "Bill"), ("agent-2", "Cleo")):
        story.create("agent", id, name=name, command="add agent")
    return story


def conversation(
    story: Story, id: str, *, consumer: str | None, agent: str, rule: str, command: str = "send"
) -> Story:
    """A new SMS interaction with a party, or a guest, assigned to an agent."""
    story.create(
        "interaction",
        id,
        rule=rule,
        command=command,
        state="New",
        type="messaging",
        consumer=consumer,
        requester_number=NUMBER,
        provider_number=COMPANY,
    )
    story.change("interaction", id, "state", "New", "Work In Progress", rule=rule, command=command)
    story.change("interaction", id, "assigned_to", None, agent, rule=rule, command=command)
    group = f"group-{id}"
    return story.create(
        "live group profile", group, rule=rule, command=command, interaction=id, members=agent
    )


def message(story: Story, id: str, interaction: str, author: str, body: str, rule: str) -> Story:
    """A message that an agent sent and the carrier took."""
    story.create(
        "message",
        id,
        rule=rule,
        state="queued",
        interaction=interaction,
        direction="outbound",
        author=author,
        body=body,
        requester_number=NUMBER,
        provider_number=COMPANY,
    )
    return story.change("message", id, "state", "queued", "sent", rule=rule)


LINE = {"requester_number": NUMBER, "provider_number": COMPANY}


def reassignment(body: str = "Your parcel is here", **about: object) -> Story:
    """Ana talks with Bill; Cleo writes to Ben at Ana's number, is warned, and sends anyway."""
    story = Story(
        **{"name": "The number now belongs to someone else", "tags": ("@A-4", "@P-4"), **about}  # type: ignore[arg-type]
    )
    story.step("Given", "Ana and Ben are consumers in Berlin", background=True)
    people(story)
    story.step("And", "Ana has an SMS conversation with agent Bill at that number")
    story.create(
        "channel user profile",
        "profile-1",
        state="active",
        number=NUMBER,
        channel="SMS",
        party="consumer-1",
    )
    conversation(story, "IMS0000001", consumer="consumer-1", agent="agent-1", rule="A-1")
    story.step("When", f'Cleo texts Ben at Ana\'s number "{body}"')
    facts: dict[str, Value] = {
        "profile_rule": "P-4",
        "agent": "agent-2",
        "party": "consumer-2",
        **LINE,
        "began": "reply to phone interaction",
        "conversation": "agent",
        "conversation_party": "different",
        "number_standing": "other",
        "previous_owner": "consumer-1",
    }
    story.decide("warned", "A-4", **facts)
    story.step("Then", "Cleo is warned that the number is currently associated with Ana")
    story.step("When", "Cleo sends it anyway")
    story.change(
        "interaction", "IMS0000001", "state", "Work In Progress", "Closed Complete", rule="A-4"
    )
    story.change("channel user profile", "profile-1", "state", "active", "inactive", rule="P-4")
    story.create(
        "channel user profile",
        "profile-2",
        rule="P-4",
        state="active",
        number=NUMBER,
        channel="SMS",
        party="consumer-2",
    )
    conversation(story, "IMS0000002", consumer="consumer-2", agent="agent-2", rule="A-4")
    message(story, "message-1", "IMS0000002", "agent-2", body, "A-4")
    story.decide("sent", "A-4", **facts, interaction="IMS0000002")
    return story.step(
        "Then",
        "these states change",
        table=(
            ("entity", "of", "from", "to"),
            ("interaction", "Ana", "Work In Progress", "Closed Complete"),
            ("channel user profile", "Ben", "-", "active"),
        ),
    )


def claimed_guest() -> Story:
    """A guest's number is claimed by Ana while the guest talks with the virtual agent."""
    story = Story("A guest turns out to be Ana", feature="Guests", tags=("@P-6", "@P-10"))
    story.step("Given", "a guest has an SMS conversation")
    people(story)
    story.create("channel user profile", "profile-1", state="active", number=NUMBER, channel="SMS")
    conversation(story, "IMS0000001", consumer=None, agent="agent-1", rule="R-1", command="text")
    story.step("When", "Cleo texts Ana at that number")
    story.change("channel user profile", "profile-1", "party", None, "consumer-1", rule="P-6")
    story.change("interaction", "IMS0000001", "consumer", None, "consumer-1", rule="P-10")
    story.change("live group profile", "group-IMS0000001", "members", "agent-1", "agent-1, agent-2")
    story.decide(
        "sent",
        "A-2",
        profile_rule="P-6",
        agent="agent-2",
        party="consumer-1",
        **LINE,
        began="typed number",
        conversation="agent",
        conversation_party="guest",
        number_standing="guest",
        interaction="IMS0000001",
    )
    return story


def first_contact(status: str = "passed", **about: object) -> Story:
    """No conversation, a free number: row A-1."""
    story = Story(
        **{"name": "A first message", "feature": "Sending", "tags": ("@A-1", "@smoke"), **about}  # type: ignore[arg-type]
    )
    story.step("Given", "Ana is a consumer in Berlin")
    people(story)
    story.step("When", 'Cleo texts Ana "Hello"', status)
    story.create(
        "channel user profile",
        "profile-1",
        rule="P-9",
        state="active",
        number=NUMBER,
        channel="SMS",
        party="consumer-1",
    )
    conversation(story, "IMS0000001", consumer="consumer-1", agent="agent-2", rule="A-1")
    message(story, "message-1", "IMS0000001", "agent-2", "Hello", "A-1")
    return story.decide(
        "sent",
        "A-1",
        profile_rule="P-9",
        agent="agent-2",
        party="consumer-1",
        **LINE,
        began="prefilled number",
        conversation="none",
        conversation_party="none",
        number_standing="free",
        interaction="IMS0000001",
    )


def refused_send() -> Story:
    """A number with letters: refused by N-5, under a changed switch."""
    story = Story("Letters in a number", feature="Sending", rule="Numbers", tags=("@N-5",))
    story.step("Given", "a guest's profile is replaced when an agent writes to a party")
    story.change("setting", "guest_profile", "value", "claim", "replace", command="change setting")
    story.step("When", 'Cleo texts Ana at "0151 CALL-ME"')
    return story.decide(
        "refused", refused_by="N-5", reason="The number has letters.", agent="agent-2"
    )


def journal_of(*records: ScenarioRecord, run: RunLine | None = None) -> JournalFile:
    return JournalFile(run or run_line(), sorted(records, key=lambda r: r.scenario.scenario))


FAILURE = (
    "Expected the number +4915123456789 to belong to Ben, but it belongs to Ana. "
    "Change the step, or look at the decision of step 2."
)


def mixed_journal() -> JournalFile:
    """Every status a scenario can end with, and every kind of event."""
    failing = first_contact("failed", name="A first message fails", at=40)
    failing.step("Then", "the number belongs to Ben", "skipped")
    race = Story("Two sends at once", feature="Sending", tags=("@A-9", "@I-1"), at=60)
    race.step("When", "Bill and Cleo text Ana at the same moment")
    race.create("invariant", "I-1", broken="IMS0000001 and IMS0000002 are both active on one line")
    records = [
        reassignment().passed(),
        claimed_guest().passed(),
        first_contact().passed(),
        refused_send().passed(),
        failing.ended("failed", 1, FAILURE, "AssertionError: 'consumer-1' != 'consumer-2'\n  at x"),
        race.passed(),
        Story("Nobody knows this phrase", tags=("@A-3",), at=70)
        .step("Given", "Ana wears a hat", "undefined")
        .ended(
            "undefined", 0, "No phrase matches “Ana wears a hat”; the nearest is “Ana is a guest”."
        ),
        Story("features/broken.feature", feature="features/broken.feature", at=3).ended(
            "broken", None, "features/broken.feature:3: expected a step, got “Wenn”."
        ),
        Story("Later", tags=("@W-1",), at=80).step("Given", "x", "skipped").ended("skipped", 0),
        Story("Not yet", at=90).step("Given", "y", "pending").ended("pending", 0),
    ]
    for number, place in (("0151 23456789", "Berlin"), ("020 7946 0000", "London")):
        story = first_contact(
            name="National formats",
            feature="Numbers",
            tags=("@N-2",),
            examples={"number": number, "place": place},
        )
        records.append(story.passed())
    return journal_of(*records, run=run_line(guest_profile="replace"))

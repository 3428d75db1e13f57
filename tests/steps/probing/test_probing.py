"""The probe finds the settings of an instance by what it does, and never says a wrong one."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from smslab.simulator.durations import in_words
from smslab.simulator.http.beginning import Beginning
from smslab.simulator.policy import SETTINGS, Policy
from smslab.simulator.policy_file import read_policy
from smslab.simulator.setting import text
from smslab.steps.engine.stage import Stage, simulator_stage
from smslab.steps.probing.adapting import with_contacts, with_international_numbers
from smslab.steps.probing.behaviour import ENOUGH, behaviour
from smslab.steps.probing.fitting import Found
from smslab.steps.probing.probing import Probed, policy_lines, probed, probes
from smslab.steps.targets.choosing import chosen_target
from smslab.steps.targets.in_process import InProcess
from tests.steps.conftest import Folder, folder
from tests.steps.targets.conftest import Serve, serve, set_up_company, write_targets

__all__ = ["folder", "serve"]


class Under(InProcess):
    """The simulator in this process, under a policy that the probe does not know."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def as_it_is(self, seed: int) -> Stage:
        return simulator_stage(seed, self._policy)


def policy_of(**values: str) -> Policy:
    policy = Policy()
    for name, value in values.items():
        policy = policy.changed(name, value)
    return policy


def found_on(policy: Policy) -> tuple[Probed, dict[str, Found]]:
    result = probed(Under(policy))
    return result, {found.setting.name: found for found in result.found}


def value_of(policy: Policy, name: str) -> str:
    return text(policy.as_dict()[name])


def test_every_setting_has_a_probe() -> None:
    assert {name for probe in probes() for name in probe.settings} == set(SETTINGS)


def test_the_defaults_are_found() -> None:
    result, found = found_on(Policy())
    unknown = {name for name, each in found.items() if each.value is None}
    assert unknown == {"wrap_up_duration"}, "what wrap_up, which is off, keeps from being seen"
    assert all(each.value in (each.setting.default, None) for each in found.values())
    assert result.misfits == ()
    about = {name for name, each in found.items() if not each.is_exact}
    assert about == {"va_idle_timeout", "delivery_takes"}


OTHERS = {
    "most": (
        "decline_changes_nothing=false",
        "guest_profile=replace",
        "other_lines_on_reassignment=close",
        "different_party_first=false",
        "queued_interaction=close_and_create",
        "guest_is_different_party=true",
        "unknown_provider_number=allow",
        "wrap_up=true",
        "wrap_up_is_active=true",
        "wrap_up_duration=47 minutes",
        "offers_take_capacity=false",
        "offers_count_as_work=false",
        "timeout_presence=Away",
        "timed_out_agent_is_asked_again=true",
        "unclear_replies=close",
        "engaged_by=first_text",
        "keyword_texts=act_only",
        "ambiguous_number=first_record",
        "deduplicate_inbound=false",
        "delivery_takes=47 minutes",
        "message_validity=5 hours",
        "agent_response=20 minutes",
        "requester_response=5 hours",
        "glide.phone_number_e164.strict=false",
    ),
    "what hides those": (
        "default_territory=ZW",
        "one_owner_per_number=false",
        "claim_updates_interaction=false",
        "closed_by_send=closed_abandoned",
        "sends_are_serialised=false",
        "delivery_reports=all",
        "linked_records_are_one_party=false",
        "match_consumers=false",
        "assignment_rule=most_capacity",
        "agent_send_ignores_capacity=false",
        "messaging_action_filter=at_message",
        "abandoned_by_messaging_action=left_before_engagement",
        "offer_timeout=3 minutes",
    ),
    "what hides timers": (
        "failed_delivery_undoes_send=true",
        "outage_messages=refuse",
        "transferring_agent_leaves=false",
        "prompts_repeat=true",
        "idle_job_closes_agent_conversations=true",
        "va_idle_timeout=3 hours",
    ),
    "what hides numbers": ("glide.phone_number_e164.allow_national_entry=false",),
}
"""Between them another value of every setting: those that hide no other are together."""

HIDDEN = {
    "most": {"claim_updates_interaction"},
    "what hides those": {"other_lines_on_reassignment", "wrap_up_duration"},
    "what hides timers": {
        "abandoned_by_messaging_action",
        "message_validity",
        "requester_response",
        "wrap_up_duration",
    },
    "what hides numbers": {"default_territory", "wrap_up_duration"},
}
"""What cannot be seen under each, because nothing depends on it there: nothing is claimed where a
guest's profile is replaced, and no number needs a territory where each is entered with one."""


def test_another_value_of_every_setting_is_to_be_found() -> None:
    changed = [change.partition("=")[0] for changes in OTHERS.values() for change in changes]
    assert sorted(changed) == sorted(SETTINGS)


@pytest.mark.parametrize("group", [each for each in OTHERS if each != "what hides numbers"])
def test_a_served_instance_with_other_settings_tells_all_that_can_be_seen(
    group: str, serve: Serve, tmp_path: Path
) -> None:
    policy = policy_of(**dict(change.split("=") for change in OTHERS[group]))
    target = chosen_target(serve(beginning=Beginning(3, policy)), tmp_path)
    try:
        result = probed(target)
    finally:
        target.close()
    found = {each.setting.name: each for each in result.found}
    told = {name: each.value for name, each in found.items() if each.value is not None}
    assert told == {name: value_of(policy, name) for name in told}
    assert set(SETTINGS) - set(told) == HIDDEN[group]
    assert all(found[name].evidence for name in told)
    assert all(found[name].why for name in HIDDEN[group])
    assert result.misfits == ()


def test_what_goes_round_in_a_circle_is_watched_for_a_while() -> None:
    target = Under(policy_of(timed_out_agent_is_asked_again="true"))
    waiting = [probe for probe in probes() if probe.waits]
    longest = max(len(behaviour(probe, target.as_it_is(1)).lines) for probe in waiting)
    assert ENOUGH <= longest < 4 * ENOUGH


@pytest.mark.parametrize("seed", [3, 4])
def test_whatever_the_policy_no_wrong_value_is_said(seed: int) -> None:
    chance, policy = random.Random(seed), Policy()
    durations = [in_words(timedelta(minutes=minutes)) for minutes in (3, 47, 300)]
    for name, setting in SETTINGS.items():
        if chance.random() < 0.4:
            policy = policy.changed(name, chance.choice(setting.values[:9] or durations))
    _, found = found_on(policy)
    said = {name: each.value for name, each in found.items() if each.value and each.is_exact}
    assert said == {name: value_of(policy, name) for name in said}


def test_the_policy_file_makes_the_simulator_do_the_same(tmp_path: Path) -> None:
    policy = policy_of(
        closed_by_send="closed_abandoned", **{"glide.phone_number_e164.strict": "false"}
    )
    result, _ = found_on(policy)
    file = tmp_path / "policy.toml"
    file.write_text("\n".join(policy_lines(result)))
    assert read_policy(file) == policy
    assert "# wrap_up_duration: not known, every value gives the same" in file.read_text()


def test_a_served_instance_tells_its_settings_over_http(folder: Folder, serve: Serve) -> None:
    changes = dict(change.split("=") for change in OTHERS["what hides numbers"])
    policy = policy_of(closed_by_send="closed_abandoned", offer_timeout="4 minutes", **changes)
    url = serve(beginning=Beginning(3, policy))
    ran = folder.smslab("probe", "--target", url, "--write", "policy.toml")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "closed_by_send = closed_abandoned (A-6: " in ran.stdout
    assert "-> Closed Abandoned (Bill: send, rule A-4)" in ran.stdout
    assert "wrap_up_duration (S-2): every value gives the same on this target" in ran.stdout
    assert "42 of 44 settings found in" in ran.stdout
    assert "in 0 of these the simulator does something else." in ran.stdout
    assert read_policy(folder.path / "policy.toml") == policy
    written = (folder.path / "policy.toml").read_text()
    assert all(f"# {name}: not known" in written for name in HIDDEN["what hides numbers"])


def test_probes_enter_numbers_and_people_as_the_target_takes_them() -> None:
    probe = next(
        each for each in probes() if any('"0151 23456789"' in step.text for step, _ in each.steps)
    )
    changed = with_contacts(with_international_numbers(probe))
    texts = [step.text for step, _ in changed.steps]
    assert any('"+4915123456789"' in text for text in texts)
    assert not any('"0151' in text or "consumer" in text for text in texts)
    assert [text.arguments(step.text).keys() for step, text in changed.steps] == [
        text.arguments(step.text).keys() for step, text in probe.steps
    ]


def test_a_policy_that_cannot_be_written_is_said_before_anything_is_played(
    folder: Folder,
) -> None:
    folder.write("policy", "a file")
    ran = folder.smslab("probe", "--target", "http://127.0.0.1:9", "--write", "policy/it.toml")
    assert ran.returncode == 2
    assert "The policy cannot be written to policy/it.toml." in ran.stderr


def test_a_company_s_instance_tells_what_can_be_seen_there(folder: Folder, serve: Serve) -> None:
    policy = policy_of(match_consumers="false", linked_records_are_one_party="false")
    url = serve(beginning=Beginning(1, policy))
    set_up_company(url)
    write_targets(folder, url)
    ran = folder.smslab("probe", "--target", "dev", "--write", "policy.toml")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "match_consumers = false (M-6: " in ran.stdout
    assert "agent_response (T-1): the target lacks time control" in ran.stdout
    assert read_policy(folder.path / "policy.toml") == policy


def test_a_target_that_is_not_there_is_said(folder: Folder) -> None:
    ran = folder.smslab("probe", "--target", "http://127.0.0.1:9", "--write", "policy.toml")
    assert ran.returncode == 2
    assert "does not answer" in ran.stderr
    assert not (folder.path / "policy.toml").exists()

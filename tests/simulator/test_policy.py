"""Settings: every one can be set to each of its values, by the name of the domain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.simulator.policy import SETTINGS, BadValue, Policy, UnknownSetting, setting_named
from smslab.simulator.rules import RULES

DOMAIN: dict[str, tuple[str, str]] = {
    "default_territory": ("N-4", "US"),
    "glide.phone_number_e164.strict": ("N-6", "true"),
    "glide.phone_number_e164.allow_national_entry": ("N-7", "true"),
    "decline_changes_nothing": ("P-5", "true"),
    "guest_profile": ("P-6", "claim"),
    "other_lines_on_reassignment": ("P-8", "keep"),
    "claim_updates_interaction": ("P-10", "true"),
    "different_party_first": ("A-4", "true"),
    "queued_interaction": ("A-5", "take_over"),
    "closed_by_send": ("A-6", "closed_complete"),
    "guest_is_different_party": ("A-7", "false"),
    "sends_are_serialised": ("A-9", "true"),
    "unknown_provider_number": ("A-10", "refuse"),
    "failed_delivery_undoes_send": ("A-11", "false"),
    "linked_records_are_one_party": ("A-12", "true"),
    "wrap_up_is_active": ("A-13", "false"),
    "match_consumers": ("M-6", "true"),
    "deduplicate_inbound": ("R-1", "true"),
    "agent_send_ignores_capacity": ("W-6", "true"),
    "idle_job_closes_agent_conversations": ("T-5", "false"),
}
"""Rule and default of every setting that the domain names."""

DURATIONS = ("1 hour 30 minutes", "2 days")
VALUES = [(s.name, value) for s in SETTINGS.values() for value in s.values or DURATIONS]
settings_changed = st.lists(st.sampled_from(VALUES), max_size=8)


def test_every_setting_of_the_domain_is_there_with_its_default() -> None:
    found = {name: (SETTINGS[name].rule, SETTINGS[name].default) for name in DOMAIN}
    assert found == DOMAIN


def test_the_defaults_are_in_force() -> None:
    assert Policy().as_dict() == {name: typed(s.default) for name, s in SETTINGS.items()}


def test_every_setting_can_be_explained() -> None:
    for name, setting in SETTINGS.items():
        assert setting.name == name
        assert setting.rule in RULES
        assert setting.question.endswith("?")
        assert setting.kind in ("switch", "property", "timer")
        if setting.kind == "timer":
            assert setting.values == ()
        else:
            assert setting.default in setting.values
            assert len(set(setting.values)) == len(setting.values) > 1


def typed(text: str) -> str | bool:
    return {"true": True, "false": False}.get(text, text)


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_every_value_is_accepted_and_read_back(name: str, value: str) -> None:
    changed = Policy().changed(name, value)
    assert changed.as_dict() == {**Policy().as_dict(), name: typed(value)}


@given(settings_changed)
def test_a_policy_comes_back_from_its_dictionary(changes: list[tuple[str, str]]) -> None:
    policy = Policy()
    for name, value in changes:
        policy = policy.changed(name, value)
    assert Policy.from_dict(policy.as_dict()) == policy
    assert list(policy.as_dict()) == list(SETTINGS)


def test_a_policy_of_a_few_settings_has_the_defaults_else() -> None:
    policy = Policy.from_dict({"closed_by_send": "closed_abandoned", "wrap_up_is_active": True})
    assert policy.closed_by_send == "closed_abandoned"
    assert policy.wrap_up_is_active
    assert policy.guest_profile == "claim"
    assert Policy.from_dict({}) == Policy()


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("closed_by_sent", "closed_by_send"),
        ("guest profile", "guest_profile"),
        ("glide.phone_number.strict", "glide.phone_number_e164.strict"),
        ("sends_are_serialized", "sends_are_serialised"),
    ],
)
def test_an_unknown_setting_names_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(UnknownSetting) as error:
        Policy().changed(name, "true")
    assert str(error.value) == f"There is no setting {name!r}; did you mean {nearest!r}?"


def test_an_unknown_setting_that_nothing_comes_near_names_them_all() -> None:
    with pytest.raises(UnknownSetting) as error:
        Policy.from_dict({"xyzzy": "1"})
    assert all(name in str(error.value) for name in SETTINGS)


@pytest.mark.parametrize("name", ["strict_numbers", "national_entry"])
def test_the_attribute_of_a_property_is_not_its_name(name: str) -> None:
    with pytest.raises(UnknownSetting):
        setting_named(name)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("closed_by_send", "abandoned", "did you mean 'closed_abandoned'?"),
        ("guest_profile", "claimed", "claim or replace"),
        ("wrap_up_is_active", "True", "did you mean 'true'?"),
        ("wrap_up_is_active", "yes", "true or false, not 'yes'"),
        ("wrap_up_is_active", "", "true or false, not ''"),
        ("default_territory", "de", "a territory such as US or DE"),
        ("va_idle_timeout", "2", "such as '2 days'"),
    ],
)
def test_a_bad_value_says_which_are_good(name: str, value: str, said: str) -> None:
    with pytest.raises(BadValue) as error:
        Policy().changed(name, value)
    assert f"The setting {name!r} is " in str(error.value)
    assert said in str(error.value)


@given(st.sampled_from(sorted(SETTINGS)), st.text(max_size=20))
def test_no_other_text_is_a_value(name: str, value: str) -> None:
    if value in SETTINGS[name].values:
        return
    with pytest.raises(BadValue):
        Policy().changed(name, value)

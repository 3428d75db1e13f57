"""N-1 to N-8: how a phone number is checked and converted."""

from __future__ import annotations

from functools import partial

from smslab.simulator.rules.rule import Rule

_rule = partial(Rule, section=3)

PHONE_NUMBERS = (
    _rule(
        "N-1",
        "A number that is E.164 already, and valid in its territory, stays as it is.",
        "Seed",
    ),
    _rule(
        "N-2",
        "A known consumer's number in any other format is converted with the territory of the "
        "consumer's location.",
        "Seed",
    ),
    _rule(
        "N-3",
        "The territory is that of the location or of its nearest parent that has one.",
        "c_TerritoriesAssigned.md",
    ),
    _rule(
        "N-4",
        "Without a location, or without a territory on the way up, the number is converted by "
        "default; which territory that is, or whether the number is refused, is open.",
        "Seed",
        settled="open",
    ),
    _rule(
        "N-5",
        "A number with letters in it is invalid.",
        "r_ConfigureE.164PhoneNumberFields.md",
    ),
    _rule(
        "N-6",
        "With glide.phone_number_e164.strict, a number that does not fit its territory is "
        "refused; without, it is kept under the territory Other / Unknown.",
        "r_ConfigureE.164PhoneNumberFields.md",
    ),
    _rule(
        "N-7",
        "With glide.phone_number_e164.allow_national_entry, local format is accepted; without, "
        "only entry that starts with +.",
        "r_ConfigureE.164PhoneNumberFields.md",
    ),
    _rule(
        "N-8",
        "A number is stored as + and digits, with no space, dash or bracket.",
        "configure-e614-consumer.md",
    ),
)

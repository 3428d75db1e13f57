"""A small company to begin with: `smslab serve --demo`."""

from __future__ import annotations

from smslab.simulator.http.world import World
from smslab.simulator.records import SMS
from smslab.simulator.states import PartyKind

COMPANY = "+4930901820"
"""The company's number."""

_CONSUMERS = {"Ana": "0151 23456789", "Ben": "0151 23456780"}


def found_company(world: World) -> None:
    """Agents Bill and Cleo, the consumers Ana and Ben in Berlin, and a number to text from."""
    germany = world.run("add_location", name="Germany", territory="DE")
    berlin = world.run("add_location", name="Berlin", parent=germany.id)
    world.run("add_channel", name=SMS)
    provider = world.run("add_provider", name="Twilio", channel=SMS)
    world.run("add_provider_number", entry=COMPANY, provider=provider.id)
    for name, number in _CONSUMERS.items():
        world.run(
            "add_party",
            kind=PartyKind.CONSUMER,
            name=name,
            mobile_phone=number,
            location=berlin.id,
        )
    for name in ("Bill", "Cleo"):
        world.run("add_agent", name=name)

"""What a server is told: where its state is, who may do what, and how much."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from smslab.simulator.http.auth.accounts import Accounts, CarrierAccount
from smslab.simulator.http.beginning import Beginning

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one served instance.

    ``control`` switches the control area on. ``state_file`` keeps the state, with ``sync``
    on the disk after every command. ``hosts`` are the names under which the server may be
    asked, none for every one. ``largest_body`` is in bytes. Without ``accounts``
    everybody may do everything. ``public_url`` is the address that the carrier signs, where
    it is not that of the request. ``requests_per_hour`` is every user's limit, None for none.
    """

    beginning: Beginning = field(default_factory=Beginning)
    control: bool = False
    state_file: Path | None = None
    sync: bool = False
    hosts: frozenset[str] = frozenset()
    largest_body: int = 8 * MIB
    accounts: Accounts | None = None
    public_url: str | None = None
    requests_per_hour: int | None = None
    callback_hosts: frozenset[str] = frozenset()
    """The hosts that status callbacks may go to, besides this machine."""
    demo: bool = False
    """Whether a new instance begins with a small company."""
    tables: Path | None = None
    """A folder of further tables for the Table API."""

    @property
    def carrier(self) -> CarrierAccount:
        """The company's account with the carrier."""
        return self.accounts.carrier if self.accounts else CarrierAccount()

"""`smslab serve`: the simulated instance over HTTP."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smslab.steps.commands.misuse import Misuse
from smslab.steps.defaults import DEFAULT_SEED

if TYPE_CHECKING:
    from smslab.simulator.http.auth.accounts import Accounts
    from smslab.simulator.http.beginning import Beginning
    from smslab.simulator.http.serving import Address
    from smslab.simulator.http.settings import Settings

_WHERE, _WHO, _WHAT = "Where it listens", "Who may use it", "What it serves"


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on.", rich_help_panel=_WHERE)
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, help="The port; 0 is a free one.", rich_help_panel=_WHERE),
    ] = 8000,
    tls: Annotated[
        str,
        typer.Option(
            metavar="DIR",
            help="Use TLS; the certificate is made in this folder.",
            rich_help_panel=_WHERE,
        ),
    ] = "",
    public_url: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="The address that the carrier signs, if it is another.",
            rich_help_panel=_WHERE,
        ),
    ] = "",
    accounts: Annotated[
        str,
        typer.Option(metavar="FILE", help="A TOML file of users and tokens.", rich_help_panel=_WHO),
    ] = "",
    control: Annotated[
        bool, typer.Option("--control", help="Switch the control area on.", rich_help_panel=_WHO)
    ] = False,
    requests_per_hour: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="A limit for every user; 0 is none.", rich_help_panel=_WHO
        ),
    ] = 0,
    callbacks_to: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST",
            help="Where status callbacks may go, besides this machine; repeatable.",
            rich_help_panel=_WHO,
        ),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Begin with a small company.", rich_help_panel=_WHAT),
    ] = False,
    state: Annotated[
        str,
        typer.Option(metavar="FILE", help="Keep the state in a file.", rich_help_panel=_WHAT),
    ] = "",
    sync: Annotated[
        bool,
        typer.Option("--sync", help="Wait for the disk after every write.", rich_help_panel=_WHAT),
    ] = False,
    tables: Annotated[
        str,
        typer.Option(metavar="DIR", help="A folder of further tables.", rich_help_panel=_WHAT),
    ] = "",
    seed: Annotated[
        int, typer.Option(metavar="N", help="The seed.", rich_help_panel=_WHAT)
    ] = DEFAULT_SEED,
    switch: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Set a switch; repeatable.", rich_help_panel=_WHAT),
    ] = None,
    policy: Annotated[
        str, typer.Option(metavar="FILE", help="A TOML file of settings.", rich_help_panel=_WHAT)
    ] = "",
    extension: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MODULE",
            help="A module or .py file of extensions; repeatable.",
            rich_help_panel=_WHAT,
        ),
    ] = None,
) -> None:
    """Serve the simulated instance over HTTP, until interrupted."""
    from smslab.simulator.http.serving import Address
    from smslab.simulator.http.settings import Settings

    settings = Settings(
        beginning=_beginning(seed, switch or [], policy, extension or []),
        control=control,
        state_file=Path(state) if state else None,
        sync=sync,
        accounts=_accounts(accounts),
        public_url=public_url or None,
        requests_per_hour=requests_per_hour or None,
        callback_hosts=frozenset(callbacks_to or []),
        demo=demo,
        tables=Path(tables) if tables else None,
    )
    _serve(settings, Address(host, port, Path(tls) if tls else None))


def _serve(settings: Settings, address: Address) -> None:
    from smslab.simulator.http.serving import CANNOT_SERVE, serve

    try:
        serve(settings, address, typer.echo)
    except OSError as error:
        raise Misuse(f"{address.host}:{address.port} cannot be used: {error.strerror}.") from None
    except CANNOT_SERVE as error:
        raise Misuse(str(error)) from None


def _accounts(file: str) -> Accounts | None:
    from smslab.simulator.http.auth.accounts import BadAccounts, read_accounts

    try:
        return read_accounts(Path(file)) if file else None
    except BadAccounts as error:
        raise Misuse(str(error)) from None


def _beginning(seed: int, switches: list[str], policy: str, extensions: list[str]) -> Beginning:
    import pytest

    from smslab.simulator.http.beginning import Beginning
    from smslab.steps.extensions import made
    from smslab.steps.settings import extensions_of, policy_of

    try:
        settings = policy_of(switches, Path(policy) if policy else None)
        classes = extensions_of(extensions, Path.cwd())
    except pytest.UsageError as error:
        raise Misuse(str(error)) from None
    return Beginning(seed, settings, extensions=tuple(partial(made, each) for each in classes))

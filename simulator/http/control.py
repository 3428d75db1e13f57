"""The control area: reset, commands by name, the clock, the policy, faults, the journal.

It is ours, no part of the platform, and there only when the server was asked for it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from smslab.simulator.clock import LONGEST, check_duration
from smslab.simulator.durations import BadDuration
from smslab.simulator.http.bodies import read_json
from smslab.simulator.http.codec import Undecodable, decode, plain_object
from smslab.simulator.http.control_words import command_of_fault, request_of_agent, told
from smslab.simulator.http.encoding import encode
from smslab.simulator.http.errors import ApiError, answer
from smslab.simulator.http.exceptions import EXPECTED, encode_exception, message_of
from smslab.simulator.http.wire import COMMANDS
from smslab.simulator.http.world import Mark, StaleRun, World

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

AT_A_TIME = 200
"""How many timers run before others are answered."""

_SENDING = frozenset({"send", "confirm"})

MOST_CHANGES = 50_000
"""How many changes of records may come of letting time pass once."""


class Control:
    """The endpoints of the control area on a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Every route below ``/control``."""
        table: tuple[tuple[str, str, Endpoint], ...] = (
            ("POST", "/control/commands/{name}", self.command),
            ("GET", "/control/commands", self.commands),
            ("POST", "/control/reset", self.reset),
            ("GET", "/control/state", self.state),
            ("GET", "/control/journal", self.journal),
            ("GET", "/control/clock", self.clock),
            ("POST", "/control/clock", self.advance),
            ("GET", "/control/policy", self.policy),
            ("PATCH", "/control/policy", self.change_policy),
            ("POST", "/control/faults", self.fault),
            ("POST", "/control/agents/{agent}/{act}", self.agent_acts),
        )
        return [Route(path, endpoint, methods=[method]) for method, path, endpoint in table]

    # Runs

    async def reset(self, request: Request) -> Response:
        """Begin anew, with another seed, policy and time where the body says so."""
        body = await read_json(request)
        _check_keys(body, {"seed", "policy", "at"})
        try:
            beginning = self._world.beginning.changed(body)
        except Undecodable:
            raise
        except ValueError as error:
            raise ApiError(400, "There is no such policy", str(error)) from None
        return answer({"run": self._world.reset(beginning)})

    async def state(self, request: Request) -> Response:
        """What changed since a change, an event and a breach that the query names."""
        since = _count(request, "since")
        mark = Mark(since, _count(request, "events_since"), _count(request, "breaches_since"))
        records = self._world.records_since(since)
        if not since:
            records = [*self._world.shipped, *records]
        return answer(self._since(mark) | {"records": encode(records)})

    async def journal(self, request: Request) -> Response:
        """The journal as JSON Lines, after the event whose number the query names."""
        events = self._world.events_since(_count(request, "since"))
        lines = "".join(f"{json.dumps(event.as_json())}\n" for event in events)
        return Response(lines, media_type="application/x-ndjson")

    # Commands

    async def commands(self, request: Request) -> Response:
        """The names of all commands, with their arguments."""
        return answer({"commands": {name: each.parameters for name, each in COMMANDS.items()}})

    async def command(self, request: Request) -> Response:
        """Run a command by name; that it is refused, or not understood, is an answer, too."""
        name = request.path_params["name"]
        if name not in COMMANDS:
            raise ApiError(404, f"There is no command {name!r}", "GET /control/commands has all.")
        body = await read_json(request)
        _check_keys(body, {"arguments"})
        given = plain_object(body.get("arguments", {}), "arguments")
        try:
            arguments = COMMANDS[name].decode(given)
        except Undecodable as error:
            told = self._since(self._world.mark())
            return answer({"result": None, "error": encode_exception(error), **told})
        if name == "advance":
            return await self._advance(arguments["duration"])
        return answer(self._outcome(name, arguments))

    async def _advance(self, duration: timedelta) -> Response:
        """Let time pass, a little at a time, so that others are answered meanwhile.

        Raises ApiError where so much falls due that it cannot be one answer, and StaleRun
        where another run begins meanwhile.
        """
        world, before, error = self._world, self._world.mark(), None
        instance, left = world.instance, duration
        try:
            while left := left - world.advance_in_part(left, AT_A_TIME):
                if world.mark().change - before.change > MOST_CHANGES:
                    raise ApiError(400, "Too much falls due", _stands(instance.clock.now, left))
                await asyncio.sleep(0)
                if world.instance is not instance:
                    raise StaleRun("another run has reset this instance")
        except EXPECTED as raised:
            error = encode_exception(raised)
        return answer({"result": None, "error": error, **self._since(before)})

    def _outcome(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        before = self._world.mark()
        result: Any = None
        error: dict[str, Any] | None = None
        try:
            result = encode(self._world.run(name, **arguments))
        except EXPECTED as raised:
            error = encode_exception(raised)
        return {"result": result, "error": error, **self._since(before)}

    def _since(self, mark: Mark) -> dict[str, Any]:
        world = self._world
        return {
            "records": encode(world.records_since(mark.change)),
            "events": [event.as_json() for event in world.events_since(mark.events)],
            "breaches": encode(world.breaches_since(mark.breaches)),
            "now": encode(world.instance.clock.now),
            "change": world.mark().change,
        }

    # In words

    async def clock(self, request: Request) -> Response:
        """The virtual time."""
        return answer({"now": encode(self._world.instance.clock.now)})

    async def advance(self, request: Request) -> Response:
        """Let virtual time pass: ``{"advance": 60}`` or ``{"advance": "30 minutes"}``."""
        body = await read_json(request)
        _check_keys(body, {"advance"})
        wish = body.get("advance")
        arguments = COMMANDS["advance"].decode({"duration": wish})
        try:
            check_duration(arguments["duration"])
            if isinstance(wish, float) and wish > LONGEST.total_seconds():
                raise BadDuration(f"{wish} seconds are longer than {LONGEST.days} days.")
        except BadDuration as error:
            raise ApiError(400, "Time cannot pass like that", str(error)) from None
        return await self._advance(arguments["duration"])

    async def policy(self, request: Request) -> Response:
        """Every setting."""
        return answer({"policy": self._world.instance.policy.as_dict()})

    async def change_policy(self, request: Request) -> Response:
        """Change settings: all of them, or none."""
        body = await read_json(request)
        changes = decode(Mapping[str, str | bool], body)
        policy = self._world.instance.policy
        texts = {
            name: str(v).lower() if v in (True, False) else str(v) for name, v in changes.items()
        }
        try:
            for name, value in texts.items():
                policy = policy.changed(name, value)
        except ValueError as error:
            raise ApiError(400, "There is no such setting or value", str(error)) from None
        for name, value in texts.items():
            self._world.run("change_setting", name=name, value=value)
        return await self.policy(request)

    async def fault(self, request: Request) -> Response:
        """Let the provider or a number be disturbed."""
        name, arguments = command_of_fault(await read_json(request))
        return answer(self._outcome(name, COMMANDS[name].decode(arguments)))

    async def agent_acts(self, request: Request) -> Response:
        """An agent previews, sends, confirms or declines; names will do in place of ids."""
        act = request.path_params["act"]
        if act not in {"preview", "decline", *_SENDING}:
            raise ApiError(404, f"An agent cannot {act!r}", "preview, send, confirm or decline.")
        store = self._world.instance.store
        agent, body = request.path_params["agent"], await read_json(request)
        wish = request_of_agent(store, agent, body, is_sent=act in _SENDING)
        try:
            outcome = self._run_act(act, wish)
        except EXPECTED as error:
            raise ApiError(400, "The agent cannot do that", message_of(error)) from None
        return answer(told(outcome))

    def _run_act(self, act: str, wish: Any) -> Any:
        if act in _SENDING:
            return self._world.run("send", request=wish, confirmed=act == "confirm")
        return self._world.run(act, request=wish)


def _stands(now: datetime, left: timedelta) -> str:
    return f"Time stands at {encode(now)}; ask for the rest, {left}, or for a part of it."


def _check_keys(body: Mapping[str, Any], known: set[str]) -> None:
    for key in body:
        if key not in known:
            raise Undecodable(key, f"there is no such key; there are: {', '.join(sorted(known))}")


def _count(request: Request, name: str) -> int:
    text = request.query_params.get(name, "0")
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise ApiError(400, f"{name} must be a whole number", f"It is {text[:40]!r}.")
    return int(text)

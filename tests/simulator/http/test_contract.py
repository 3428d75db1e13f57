"""The OpenAPI file and the served instance say the same: schemathesis finds nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from starlette.applications import Starlette
from starlette.routing import Route

from smslab.simulator.http.app import make_app
from smslab.simulator.http.auth.accounts import Accounts, User
from smslab.simulator.http.openapi import contract
from smslab.simulator.http.settings import Settings
from tests.simulator.http.asking import Served

CONTRACT: dict[str, Any] = json.loads(contract())
OPERATIONS = [
    (method, path, operation)
    for path, item in CONTRACT["paths"].items()
    for method, operation in item.items()
    if method != "parameters"
]


def app() -> Starlette:
    """A served demo company with the control area."""
    return make_app(Settings(control=True, demo=True))


@pytest.fixture(scope="module")
def schema() -> Any:
    """The contract as schemathesis reads it from the served instance."""
    loaded: Any = schemathesis.openapi.from_asgi("/openapi.json", app())
    return loaded


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize(("method", "path"), [each[:2] for each in OPERATIONS])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_schemathesis_finds_nothing(schema: Any, method: str, path: str, mode: str) -> None:
    operation = schema[path][method.upper()]
    cases = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))
    further = "x-refused-further" in operation.definition.raw
    excluded = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")] if further else []

    @settings(
        max_examples=5,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def check(case: Any) -> None:
        case.call_and_validate(excluded_checks=excluded)

    try:
        check()
    except Unsatisfiable:  # what has no arguments cannot have wrong ones
        assert mode == "negative"
        assert "requestBody" not in operation.definition.raw


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_every_operation_says_how_much_of_it_is_documented(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert operation["x-documented"].endswith(".")
    assert operation["summary"].endswith(".")
    assert operation["operationId"]


def test_what_is_open_is_marked() -> None:
    paths = CONTRACT["paths"]
    for name in ("validate_phone_number", "validate_profile"):
        said = paths[f"/api/now/initiate_message/{name}"]["post"]["x-documented"]
        assert "Only the path is documented" in said
    for act in ("preview", "send", "decline"):
        assert "A-11" in paths[f"/api/x_smslab/agent_sms/{act}"]["post"]["x-documented"]


def test_every_route_is_described_and_every_description_has_a_route() -> None:
    accounts = Accounts({"u": User("u", "p")})
    every = make_app(Settings(control=True, accounts=accounts)).routes
    routed = {
        (method.lower(), route.path)
        for route in every
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert routed == {(method, path) for method, path, _ in OPERATIONS}


def test_the_file_is_served_as_it_is(served: Served) -> None:
    answered = served.get("/openapi.json")
    assert answered.content == contract()
    assert answered.json()["openapi"].startswith("3.1")

"""The OpenAPI file and the served instance say the same: schemathesis finds nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from starlette.routing import Route

from smslab.simulator.http.app import make_app
from smslab.simulator.http.auth.accounts import Accounts, User
from smslab.simulator.http.auth.authentication import TOKEN_PATH
from smslab.simulator.http.openapi import contract
from smslab.simulator.http.settings import Settings
from smslab.simulator.http.table_api.mapping import RESERVED
from smslab.simulator.policy import Policy
from smslab.simulator.setting import settings_of
from tests.simulator.http.asking import served as serving

CONTRACT: dict[str, Any] = json.loads(contract(True, True))
OPERATIONS = [
    (method, path, operation)
    for path, item in CONTRACT["paths"].items()
    for method, operation in item.items()
    if method != "parameters"
]


ACCOUNTS = Accounts({"u": User("u", "p")})


@pytest.fixture(scope="module")
def schemas() -> dict[bool, Any]:
    """The contract as schemathesis reads it from servers, by whether one must sign in."""
    return {
        signed_in: schemathesis.openapi.from_asgi(
            "/openapi.json", make_app(Settings(control=True, demo=True, accounts=accounts))
        )
        for signed_in, accounts in ((False, None), (True, ACCOUNTS))
    }


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize(("method", "path"), [each[:2] for each in OPERATIONS])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_schemathesis_finds_nothing(
    schemas: dict[bool, Any], method: str, path: str, mode: str
) -> None:
    operation = schemas[path == TOKEN_PATH][path][method.upper()]
    cases = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))

    @settings(
        max_examples=5,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def check(case: Any) -> None:
        case.call_and_validate()

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
    every = make_app(Settings(control=True, accounts=ACCOUNTS)).routes
    routed = {
        (method.lower(), route.path)
        for route in every
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert routed == {(method, path) for method, path, _ in OPERATIONS}


def test_a_server_serves_what_it_offers(tmp_path: Path) -> None:
    table = {"name": "incident", "columns": {"number": {}}}
    (tmp_path / "incident.json").write_text(json.dumps(table))
    everything = Settings(control=True, accounts=ACCOUNTS)
    for offered, control, tokens, tables in (
        (everything, True, True, set()),
        (Settings(demo=True), False, False, set()),
        (Settings(control=True, tables=tmp_path), True, False, {"incident"}),
    ):
        with serving(offered) as served:
            said = served.get("/openapi.json").json()
        left_out = {path for path in CONTRACT["paths"] if path not in said["paths"]}
        assert all(path.startswith("/control/") for path in left_out - {"/oauth_token.do"})
        assert ("/control/clock" not in left_out, "/oauth_token.do" not in left_out) == (
            control,
            tokens,
        )
        assert set(said["components"]["schemas"]["TableName"]["enum"]) == RESERVED | tables
        assert said["openapi"].startswith("3.1")


def test_the_settings_of_the_contract_are_those_of_the_policy() -> None:
    said = CONTRACT["components"]["schemas"]["Policy"]["properties"]
    for setting, _ in settings_of(Policy).values():
        described = said.pop(setting.name)
        assert described["description"] == setting.question
        texts = [each for each in described.get("enum", []) if isinstance(each, str)]
        assert sorted(texts) == sorted(setting.values)
    assert said == {}

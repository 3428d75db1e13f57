"""The limit of requests in an hour, and its documented headers."""

from __future__ import annotations

import pytest

from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.rate_limit import RateLimit
from smslab.simulator.http.settings import Settings
from tests.simulator.http.asking import ANAS, problem
from tests.simulator.http.asking import served as serving

NUMBER = "/api/now/initiate_message/validate_phone_number"


def test_everybody_has_so_many_requests_in_an_hour() -> None:
    now = [7_200.0]
    limit = RateLimit(2, lambda: now[0])
    first = limit.count("ana")
    assert first["X-RateLimit-Limit"] == "2"
    assert first["X-RateLimit-Reset"] == "10800"
    assert len(first["X-RateLimit-Rule"]) == 32
    limit.count("ana")
    now[0] = 10_799.5
    with pytest.raises(ApiError) as raised:
        limit.count("ana")
    assert raised.value.status == 429
    assert raised.value.headers == {**first, "Retry-After": "1"}
    assert limit.count("ben") == first
    now[0] = 10_800
    assert limit.count("ana")["X-RateLimit-Reset"] == "14400"


def test_it_is_off_unless_asked_for() -> None:
    with serving(Settings()) as served:
        answered = served.post(NUMBER, json={"phone_number": ANAS})
        assert not [name for name in answered.headers if name.startswith("x-ratelimit")]


def test_one_too_many_is_told_when_to_come_again() -> None:
    with serving(Settings(control=True, requests_per_hour=1)) as served:
        answered = served.post(NUMBER, json={"phone_number": ANAS})
        assert answered.status_code == 200
        assert answered.headers["x-ratelimit-limit"] == "1"
        refused = served.post(NUMBER, json={"phone_number": ANAS})
        assert problem(refused, 429)["message"] == "Rate limit exceeded"
        assert 0 < int(refused.headers["retry-after"]) <= 3_600
        assert refused.headers["x-ratelimit-rule"] == answered.headers["x-ratelimit-rule"]
        assert served.get("/control/state").status_code == 200

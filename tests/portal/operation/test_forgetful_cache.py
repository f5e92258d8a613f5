"""Redis is away: pages are made anew, answers are taken."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import RequestFactory, override_settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from consultations.answering import limits
from portal import forgetful_cache

NOBODY = "redis://127.0.0.1:1/0"
ONCE = {"retry": Retry(NoBackoff(), 0)}
AWAY = {
    "default": {"BACKEND": "portal.forgetful_cache.ForgetfulRedisCache", "LOCATION": NOBODY, "OPTIONS": ONCE},
    "limits": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": NOBODY, "OPTIONS": ONCE},
}


@pytest.fixture(autouse=True)
def _away(_caches_start_empty: Any) -> Any:
    forgetful_cache._Away.until = 0.0
    with override_settings(CACHES=AWAY):
        yield
    forgetful_cache._Away.until = 0.0


def test_pages_are_made_anew() -> None:
    cache = caches["default"]

    cache.set("page", "kept")

    assert (cache.get("page"), cache.get("page", "made"), cache.add("page", "x"), cache.delete("page")) == (
        None,
        "made",
        False,
        False,
    )
    assert cache.get_or_set("page", lambda: "made") == "made"


def test_it_is_not_asked_again_at_once(caplog: Any) -> None:
    for _time in range(3):
        caches["default"].get("page")

    assert [record.msg["event"] for record in caplog.records] == ["cache_away"]


def test_nobodys_answers_are_refused_because_they_cannot_be_counted() -> None:
    request = RequestFactory().post("/")

    assert limits.over(request, "save", key="someone") is False


@pytest.mark.django_db
def test_watchers_are_told(client: Any) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()["checks"]["cache"]) == (503, "failed")

import pytest

from portal import health

pytestmark = pytest.mark.django_db


def test_the_process_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_everything_that_pages_need_is_looked_at(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    checks = response.json()["checks"]
    assert checks.keys() == {"database", "cache", "storage", "queue"}
    assert (checks["database"], checks["cache"], checks["storage"]) == ("ok", "ok", "ok")


def test_a_queue_without_workers_is_said_and_pages_go_on(client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()["checks"]["queue"]) == (200, "no worker")


def test_what_is_missing_is_named_without_its_reason(client, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "cache", _broken)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["status"]) == (503, "failed")
    assert response.json()["checks"]["cache"] == "failed"
    assert b"internal" not in response.content


def _broken():
    raise ConnectionError("cache.internal.example refused")


def test_answers_are_not_kept(client):
    assert "no-store" in client.get("/readyz")["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_watchers_may_ask_by_any_name_and_others_may_not(client, path):
    asked = client.get(path, headers={"Host": "10.0.0.7"})

    assert asked.status_code == 200
    assert client.get("/es/", headers={"Host": "10.0.0.7"}).status_code == 400


def test_nothing_is_changed_by_asking(client):
    assert client.post("/readyz").status_code == 405

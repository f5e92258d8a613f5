import io
import json
import logging

import pytest
import structlog
from django.db import IntegrityError

from portal import logs
from tests.factories.portal import UserFactory


@pytest.fixture
def lines():
    """What production would write while a test runs, as dictionaries."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(json=True))
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


PERSONAL = [
    "rosa.del-ande@example.org",
    "K7QF-2MXD-94TR-HB6W",
    "K7QF 2MXD 94TR HB6W",
    "203.0.113.77",
    "2001:db8:85a3::8a2e:370:7334",
    "/es/resultados/x/5f3a5f3a5f3a5f3a5f3a5f3a5f3a5f3a:kR3vJq0sVQ9cV3uYwq2nXh8nDkq0tZ1y2y3mC4b5N6k/",
    "/es/x/5f3a5f3a5f3a5f3a5f3a5f3a5f3a5f3a:1xWFCn:kR3vJq0sVQ9cV3uYwq2nXh8nDkq0tZ1y2y3mC4b5N6k/",
]


@pytest.mark.parametrize("secret", PERSONAL)
def test_what_belongs_to_a_person_is_taken_out_of_any_text(secret):
    assert secret not in logs.without_personal_data(f"before {secret} after")


@pytest.mark.parametrize("secret", PERSONAL)
def test_it_is_taken_out_however_deep_it_lies(secret):
    assert secret not in str(logs.without_personal_data({"a": [{"b": (secret,)}], "c": secret}))


@pytest.mark.parametrize(
    "harmless",
    [
        "GET /es/consultas/ 200",
        "at 12:30:45 UTC",
        "2026-11-22T23:14:19Z",
        "consultation 5f3a closed",
        "GET /admin/5f3a5f3a5f3a5f3a5f3a5f3a5f3a5f3a/ 200",
        "Q3 10%",
    ],
)
def test_everything_else_stays(harmless):
    assert logs.without_personal_data(harmless) == harmless


def test_values_in_a_database_error_are_taken_out(lines):
    detail = "duplicate key\nDETAIL:  Key (email)=(rosa) already exists."
    try:
        raise IntegrityError(detail)
    except IntegrityError:
        structlog.get_logger("portal").exception("not_saved")

    assert "(rosa)" not in lines()[-1]["exception"]
    assert "IntegrityError" in lines()[-1]["exception"]


def test_query_strings_are_taken_out(lines):
    logging.getLogger("elsewhere").warning("Not Found: /es/?correo=rosa&codigo=1")

    assert lines()[-1]["event"] == f"Not Found: /es/?{logs.HIDDEN}"


@pytest.mark.django_db
def test_a_request_leaves_no_trace_of_who_made_it(client, lines):
    """Everything that could leak is there: account, address, browser, query, form, cookie."""
    person = UserFactory(email="rosa@example.org")
    client.force_login(person)

    client.get(
        "/es/accounts/?codigo=K7QF-2MXD-94TR-HB6W",
        REMOTE_ADDR="203.0.113.77",
        headers={"User-Agent": "RosasPhone/1.0", "X-Forwarded-For": "203.0.113.78"},
    )
    client.post("/es/accounts/email/", {"email": "rosa.nueva@example.org", "action_add": "1"})
    client.get("/es/accounts/nothing/?nombre=Rosa")

    written = json.dumps(lines())
    assert "/es/accounts/" in written
    for trace in ("rosa", "Rosa", "203.0.113", "K7QF", "codigo", "user_id", client.session.session_key):
        assert trace not in written


@pytest.mark.django_db
def test_the_request_id_is_in_each_line_and_in_the_answer(client, lines):
    response = client.get("/healthz")

    mine = [line for line in lines() if line.get("request") == "GET /healthz"]
    assert {line["request_id"] for line in mine} == {response["X-Request-ID"]}


@pytest.mark.parametrize(
    ("given", "taken"),
    [("abcd-1234-efgh", True), ("short", False), ('x"}\n{"level":"error"', False), ("a" * 65, False)],
)
def test_a_plain_id_of_the_proxy_is_kept_and_any_other_replaced(client, given, taken):
    assert (client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given) is taken


def test_logs_of_development_are_scrubbed_as_well():
    record = logging.LogRecord("x", logging.INFO, "", 0, "mail to rosa@example.org", None, None)

    assert "rosa" not in logs.formatter(json=False).format(record)


@pytest.mark.parametrize("colon", [":", "%3A"])
def test_signed_link_of_a_mail_is_taken_out_of_a_path(colon: str) -> None:
    token = colon.join(["0f" * 16, "1w2x3y", "A_-z" * 10 + "abc"])

    assert logs.without_personal_data(f"GET /es/mi-lugar/{token}/") == f"GET /es/mi-lugar/{logs.HIDDEN}/"


@pytest.mark.django_db
def test_a_scanner_that_asks_for_another_host_leaves_one_line(client, lines):
    client.get("/es/", headers={"Host": "elsewhere.example"})

    assert [(line["code"], line["request"]) for line in lines()] == [(400, "GET /es/")]


def test_answers_to_head_are_no_reason_for_a_warning():
    assert not logging.getLogger("gunicorn.http.wsgi").isEnabledFor(logging.WARNING)

"""What robots like to do is limited; what is counted does not say who."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches

from consultations.answering import limits
from tests.consultations.answering.conftest import Person


@pytest.mark.parametrize(("name", "group"), [("start", "start"), ("resume", "resume")])
def test_too_many_tries_get_a_clear_page(
    person: Person, monkeypatch: pytest.MonkeyPatch, name: str, group: str
) -> None:
    monkeypatch.setitem(limits.RATES, group, "2/h")

    answers = [person.client.post(person.url(name), {"page-code": "x"}) for _ in range(3)]

    assert [answer.status_code for answer in answers][-1] == 429
    assert answers[-1]["Retry-After"]


def test_what_was_written_can_be_sent_again_later(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole building may share one connection."""
    monkeypatch.setitem(limits.RATES, "save", "1/h")
    person.start()
    person.post(1, connection="family")

    ours = {"origin": "http://testserver"}
    mine = person.client.post(person.url("page", 2), {"comment": "Hola"}, headers=ours)
    foreign = person.client.post(
        person.url("page", 2), {"comment": "Hola"}, headers={"origin": "https://evil.example"}
    )

    assert (mine.status_code, foreign.status_code) == (429, 429)
    assert '<input type="hidden" name="comment" value="Hola">' in mine.content.decode()
    assert "Hola" not in foreign.content.decode()
    assert mine["Cache-Control"] == "no-store, private"


def test_codes_are_not_tried_faster_at_the_pages(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.RATES, "resume", "1/h")
    sent = {"comment": "Hola", "page-code": "K7QF-2MXD-94TR-HB6W"}

    answers = [person.client.post(person.url("page", 2), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]


def test_sending_is_limited(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.RATES, "send", "1/h")
    person.start()

    answers = [person.client.post(person.url("review"), {}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]


def test_the_address_of_the_connection_is_neither_counted_nor_logged(
    person: Person, capfd: Any, caplog: pytest.LogCaptureFixture
) -> None:
    person.client.post(person.url("resume"), {"page-code": "K7QF"}, REMOTE_ADDR="203.0.113.77")

    folder = Path(settings.CACHES["limits"]["LOCATION"])
    kept = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    written = capfd.readouterr()
    assert b"203.0.113.77" not in kept
    assert "203.0.113.77" not in caplog.text + written.out + written.err
    assert "K7QF" not in caplog.text + written.out + written.err


@pytest.mark.skipif("REDIS_URL" in os.environ, reason="in Redis every cache is every process's")
def test_tries_are_counted_for_all_processes_together(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each web process has a default cache of its own: emptying it is what another process sees."""
    monkeypatch.setitem(limits.RATES, "resume", "1/h")
    first = person.client.post(person.url("resume"), {"page-code": "x"})
    caches["default"].clear()

    second = person.client.post(person.url("resume"), {"page-code": "x"})

    assert (first.status_code, second.status_code) == (200, 429)

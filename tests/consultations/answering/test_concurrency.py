"""Two at once: on PostgreSQL they take turns by row locks, on SQLite by the one writer's lock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, connections
from django.test import Client

from consultations.models import Consultation, Response
from tests.consultations.answering.conftest import HIDDEN, Person
from tests.factories.consultations import ConsultationFactory

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL (DATABASE_URL)"),
]


@pytest.fixture
def started() -> Person:
    caches["limits"].clear()
    consultation: Consultation = ConsultationFactory(answerable=True)
    person = Person(consultation)
    person.start()
    return person


def at_once(times: int, call: Callable[[int], Any]) -> list[Any]:
    def run(number: int) -> Any:
        try:
            return call(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def same_device(person: Person) -> Client:
    client = Client()
    client.cookies = person.client.cookies.copy()
    return client


def test_the_first_page_sent_many_times_at_once_makes_one_response(started: Person) -> None:
    controls = dict(HIDDEN.findall(started.look(1)))
    url = started.url("page", 1)

    answers = at_once(
        6, lambda _: same_device(started).post(url, {**controls, "connection": "family"}).status_code
    )

    assert answers == [302] * 6
    assert Response.objects.get().answers == {"connection": "family"}


def test_two_windows_with_different_answers_lose_nothing_in_silence(started: Person) -> None:
    started.post(1, connection="family")
    controls = dict(HIDDEN.findall(started.look(2)))
    url = started.url("page", 2)

    answers = at_once(
        4,
        lambda n: same_device(started).post(url, {**controls, "comment": f"Ventana {n}"}).status_code,
    )

    assert sorted(answers) == [200, 200, 200, 302]


def test_different_pages_saved_at_once_are_all_kept(started: Person) -> None:
    started.post(1, connection="family")
    sent = {
        2: {**dict(HIDDEN.findall(started.look(2))), "comment": "Hola"},
        3: {**dict(HIDDEN.findall(started.look(3))), "score": "7"},
    }
    urls = {number: started.url("page", number) for number in sent}

    at_once(2, lambda n: same_device(started).post(urls[n + 2], sent[n + 2]))

    assert Response.objects.get().answers == {"connection": "family", "comment": "Hola", "score": 7}


def test_sent_many_times_at_once_it_counts_once(started: Person) -> None:
    started.post(1, connection="family")
    controls = dict(HIDDEN.findall(started.review()))
    url = started.url("review")

    answers = at_once(
        5, lambda _: same_device(started).post(url, {**controls, "page-agree-use": "1"}).status_code
    )

    assert answers == [302] * 5
    assert Response.objects.submitted().count() == 1

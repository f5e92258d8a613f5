"""The hot path stays short, whatever is answered."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.consultations.answering.conftest import Person


def test_a_save_takes_at_most_eight_queries(person: Person) -> None:
    person.start()
    page = person.look(1)

    with CaptureQueriesContext(connection) as first:
        person.post(1, page=page, connection="family")
    page = person.look(2)
    with CaptureQueriesContext(connection) as later:
        person.post(2, page=page, used=["passport"], channels=["web", "desk"])

    assert len(first) <= 8, [query["sql"] for query in first]
    assert len(later) <= 8, [query["sql"] for query in later]


def test_the_document_of_a_version_is_read_once_a_process(person: Person) -> None:
    person.start()
    person.post(1, connection="family")

    with CaptureQueriesContext(connection) as queries:
        person.look(2)

    assert not any('"document"' in query["sql"] for query in queries)


def test_a_page_of_the_journey_takes_few_queries(person: Person, django_assert_max_num_queries: Any) -> None:
    person.start()
    person.post(1, connection="family")
    person.look(2)

    with django_assert_max_num_queries(6):
        person.look(2)

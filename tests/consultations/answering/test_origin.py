"""Forms from other sites begin nothing and put no code on anybody's device."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.consultations.answering.conftest import Person


@pytest.fixture
def strict(person: Person) -> Person:
    person.client = Client(enforce_csrf_checks=True)
    return person


def test_our_own_page_needs_no_token(strict: Person) -> None:
    answer = strict.client.post(strict.url("start"), headers={"origin": "http://testserver"})

    assert answer["Location"] == strict.url("page", 1)


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {}])
def test_another_site_starts_nothing(strict: Person, headers: dict[str, str]) -> None:
    answer = strict.client.post(strict.url("start"), headers=headers)

    assert answer.status_code == 200
    assert "participation-" not in str(answer.cookies)
    assert "csrfmiddlewaretoken" in answer.content.decode()


def test_another_site_puts_no_code_of_its_own_on_the_device(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    victim = Client(enforce_csrf_checks=True)

    answer = victim.post(
        person.url("resume"), {"page-code": person.code}, headers={"origin": "https://evil.example"}
    )

    assert answer.status_code == 200
    assert "participation-" not in str(answer.cookies)


def test_pages_of_the_journey_need_their_token(strict: Person) -> None:
    strict.client.post(strict.url("start"), headers={"origin": "http://testserver"})

    answer = strict.client.post(strict.url("page", 1), {"connection": "family"})

    assert answer.status_code == 403

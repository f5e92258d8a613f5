"""Sensitive questions: seen and kept only with an express permission, deleted when it is taken back."""

from __future__ import annotations

import hashlib

import pytest

from consultations.models import Response
from tests.consultations.answering.conftest import Person


@pytest.fixture
def at_the_end(person: Person) -> Person:
    """The page with the sensitive questions; "returned" skips the page before it."""
    person.start()
    person.post(1, connection="returned")
    return person


def test_without_a_permission_they_are_not_in_sight(at_the_end: Person) -> None:
    page = at_the_end.look(3)

    assert 'data-question="people" data-kind="single_choice" hidden' in page
    assert 'data-question="income" data-kind="single_choice" hidden' in page


def test_answers_without_a_permission_are_not_kept(at_the_end: Person) -> None:
    at_the_end.post(3, people="quechua", income="aymara", **{"page-consent-asked": "1"})

    assert at_the_end.response.answers == {"connection": "returned"}


def test_the_acknowledgement_of_the_questionnaire_is_the_permission(at_the_end: Person) -> None:
    page = at_the_end.post(3, agrees="OK").content.decode()
    at_the_end.post(3, page=page, agrees="OK", people="quechua")

    response = at_the_end.response
    assert response.answers == {"connection": "returned", "agrees": "OK", "people": "quechua"}
    assert response.consents == [
        {
            "purpose": "question.agrees",
            "version": 1,
            "digest": hashlib.sha256(b"Acepto").hexdigest(),
            "language": "es",
            "given_on": response.saved_on.isoformat(),
        }
    ]


def test_the_portal_asks_once_for_the_others(at_the_end: Person) -> None:
    page = at_the_end.post(3, **{"page-consent-asked": "1", "page-consent": "1"}).content.decode()
    at_the_end.post(3, page=page, income="aymara", **{"page-consent-asked": "1", "page-consent": "1"})

    response = at_the_end.response
    assert response.answers == {"connection": "returned", "income": "aymara"}
    assert [consent["purpose"] for consent in response.consents] == ["sensitive"]


def test_taking_the_permission_back_deletes_the_answers(at_the_end: Person) -> None:
    agreed = {"page-consent-asked": "1", "page-consent": "1"}
    page = at_the_end.post(3, **agreed).content.decode()
    at_the_end.post(3, page=page, income="aymara", **agreed)

    at_the_end.post(3, income="aymara", **{"page-consent-asked": "1"})

    assert at_the_end.response.answers == {"connection": "returned"}
    assert at_the_end.response.consents == []


def test_taking_it_back_after_sending_takes_effect_at_once(at_the_end: Person) -> None:
    page = at_the_end.post(3, agrees="OK").content.decode()
    at_the_end.post(3, page=page, agrees="OK", people="quechua")
    at_the_end.send()

    at_the_end.post(3)

    assert Response.objects.get().answers == {"connection": "returned"}
    assert [consent["purpose"] for consent in Response.objects.get().consents] == ["use"]

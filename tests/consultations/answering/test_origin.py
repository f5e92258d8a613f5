"""Forms from other sites begin nothing and put no code on anybody's device."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from consultations.models import Response
from tests.consultations.answering.conftest import HIDDEN, Person


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


OURS = {"origin": "http://testserver"}
FORMS = {"page": [1], "review": [], "withdraw": [], "forget": [], "send_code": []}


def filled_in(person: Person) -> dict[str, str]:
    return {**dict(HIDDEN.findall(person.look(1))), "connection": "family"}


def test_a_page_whose_token_is_gone_is_saved_all_the_same(strict: Person) -> None:
    """Somebody signed in in another window, or the browser was told to forget its cookies."""
    strict.client.post(strict.url("start"), headers=OURS)

    answer = strict.client.post(strict.url("page", 1), filled_in(strict), headers=OURS)

    assert answer["Location"] == strict.url("page", 2)


@pytest.mark.parametrize("name", FORMS)
def test_another_site_sends_no_form_of_the_journey(strict: Person, name: str) -> None:
    strict.client.post(strict.url("start"), headers=OURS)

    answer = strict.client.post(strict.url(name, *FORMS[name]), headers={"origin": "https://evil.example"})

    assert answer.status_code == 403
    assert Response.objects.count() == 0


def test_where_a_browser_does_not_say_where_the_page_comes_from_one_more_press_saves_it(
    strict: Person,
) -> None:
    strict.client.post(strict.url("start"), headers=OURS)
    sent = filled_in(strict)

    asked = strict.client.post(strict.url("page", 1), sent)
    html = asked.content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', html)
    assert token
    again = strict.client.post(strict.url("page", 1), {**sent, "csrfmiddlewaretoken": token[1]})

    assert asked.status_code == 403
    assert 'name="connection" value="family"' in html
    assert again["Location"] == strict.url("page", 2)

"""The consultation closes while somebody writes: what they wrote is given back."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from consultations.answering import submission
from consultations.lifecycle import NotAllowed
from consultations.models import Consultation, Response
from tests.consultations.answering.conftest import Person

LONG = "Primera línea\r\nsegunda <b> línea"


def closed_while_writing(person: Person, **sent: Any) -> str:
    page = person.look(2)
    Consultation.objects.update(closes_at=timezone.now())
    answer = person.post(2, page=page, **sent)
    assert answer.status_code == 403
    return str(answer.content.decode())


def test_what_was_written_is_shown_to_be_copied(person: Person) -> None:
    person.start()
    person.post(1, connection="family")

    html = closed_while_writing(person, comment=LONG, used=["passport"])

    assert "¿comment?" in html
    assert "Primera línea<br>segunda &lt;b&gt; línea" in html
    assert "passport" not in html
    assert Response.objects.get().answers == {"connection": "family"}


def test_whoever_had_sent_hears_that_it_counts(person: Person) -> None:
    person.start()
    person.post(1, connection="family")
    person.send()

    html = closed_while_writing(person, comment="Hola")

    with translation.override("es"):
        assert gettext("The answers that you had sent before count as they were.") in html


def test_whoever_only_looks_has_lost_nothing(person: Person) -> None:
    person.start()
    Consultation.objects.update(closes_at=timezone.now())

    html = person.client.get(person.url("page", 1)).content.decode()

    assert "notice warn" not in html


def test_a_closing_between_the_look_at_the_clock_and_the_saving_gets_the_same_page(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.start()
    page = person.look(1)

    def too_late(_part: Any) -> None:
        raise NotAllowed("closed")

    monkeypatch.setattr(submission, "_require_open", too_late)
    answer = person.post(1, page=page, connection="family")

    assert answer.status_code == 403
    assert Response.objects.count() == 0

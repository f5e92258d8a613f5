"""All the questions on one page, for paper."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import Consultation
from tests.consultations.answering.conftest import Person
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import K, journey_definition, listed, question

pytestmark = pytest.mark.django_db
NUMBERED = re.compile(r"<h3>(\d+)\. ¿(\w+)\?")


def printed(consultation: Consultation, language: str = "es") -> str:
    response = Client().get(Person(consultation, language=language).url("paper"))
    assert response.status_code == 200
    return response.content.decode()


def test_every_question_is_there_in_order_and_numbered(consultation: Consultation) -> None:
    asked = ["connection", "year", "languages", "used", "rating", "channels", "comment"]
    expected = [*asked, "people", "income", "score"]

    assert NUMBERED.findall(printed(consultation)) == [(str(n), q) for n, q in enumerate(expected, 1)]


def test_conditions_are_put_into_words(consultation: Consultation) -> None:
    html = printed(consultation)

    assert "«¿connection?» es «Born»" in html
    assert "«¿connection?» no es «Returned»" in html
    assert "${" not in html


def test_there_is_something_to_tick_for_each_option(consultation: Consultation) -> None:
    html = printed(consultation)

    ticks = re.findall(r'<li class="mark">([^<]+)</li>', html)
    assert ticks[:3] == ["Born", "Family", "Returned"]
    assert ticks[-11:] == [str(point) for point in range(11)]
    assert html.count('<span class="square"') == 4
    assert html.count('<p class="line"') == 1 + 5


def test_long_lists_become_a_line_to_write_on() -> None:
    definition = journey_definition()
    long = listed("connection", *(f"option{n}" for n in range(40)))
    lists = (long, *(item for item in definition.choice_lists if item.name != "connection"))
    consultation = ConsultationFactory(open=True)
    changed = type(definition)(**{**_fields(definition), "choice_lists": lists})
    VersionFactory(questionnaire=consultation.questionnaire, definition=changed)

    html = printed(consultation)

    assert "Option39" not in html
    assert html.count('<p class="line"') == 1 + 1 + 5


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def test_it_is_in_the_language_of_the_page(consultation: Consultation) -> None:
    assert "¿connection? (en)" in printed(consultation, "en")


def test_another_language_is_marked_as_such(consultation: Consultation) -> None:
    assert '<span lang="es">¿connection?</span>' in printed(consultation, "it")


@pytest.mark.parametrize("trait", ["open", "closed"])
def test_questions_can_be_read_while_it_is_open_and_afterwards(trait: str) -> None:
    consultation = ConsultationFactory(**{trait: True})
    VersionFactory(questionnaire=consultation.questionnaire)

    assert printed(consultation)
    assert (
        Person(consultation).url("paper")
        in Client().get(Person(consultation).url("landing"), follow=True).content.decode()
    )


@pytest.mark.parametrize(("trait", "has_version"), [("open", False), ("announced", True), ("hidden", True)])
def test_nothing_is_shown_before_it_opens(trait: str, has_version: bool) -> None:
    consultation = ConsultationFactory(open=True)
    if has_version:
        VersionFactory(questionnaire=consultation.questionnaire)
    changes = {"announced": {"status": "draft"}, "hidden": {"live": False}}.get(trait, {})
    Consultation.objects.filter(pk=consultation.pk).update(**changes)

    assert Client().get(Person(consultation).url("paper")).status_code == 404


def test_it_takes_the_same_queries_for_short_and_for_long_questionnaires(consultation: Consultation) -> None:
    more = (question(f"extra{n}", K.SHORT_TEXT) for n in range(20))
    definition = journey_definition()
    first, *others = definition.sections
    longer = type(definition)(
        **{**_fields(definition), "sections": (first, *others, type(first)("more", tuple(more)))}
    )
    other = ConsultationFactory(open=True)
    VersionFactory(questionnaire=other.questionnaire, definition=longer)
    counts = []
    for one in (consultation, other):
        printed(one)
        with CaptureQueriesContext(connection) as queries:
            printed(one)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10

"""The 32 questions of the needs questionnaire, from the workbook to the receipt, without scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from consultations.answering.participation import newest_version
from consultations.answering.plan import plan_of
from consultations.enums import ResponseStatus
from consultations.instrument.answers import validate
from consultations.models import Response
from consultations.questionnaires.importing import import_workbook
from consultations.questionnaires.publication import publish_version
from tests.consultations.answering.conftest import HIDDEN, Person
from tests.factories.consultations import ConsultationFactory

pytestmark = pytest.mark.django_db
WORKBOOK = Path("consultations/demo/questionnaires/necesidades_comunidad.xlsx")
CHOICE = re.compile(r'<input type="(radio|checkbox)" name="([a-z_0-9]+)" value="([^"]+)"')
OPTION = re.compile(r'<select id="[^"]+" name="([a-z_0-9]+)".*?<option value="([A-Za-z]+)"', re.DOTALL)
TEXT = re.compile(r'<(?:input|textarea) id="[^"]+-input"(?: class="short")? name="([a-z_0-9]+)"')
RANKED = re.compile(r'value="([a-z_]+):([a-z_0-9]+):in"')


@pytest.fixture
def person() -> Person:
    outcome = import_workbook(source=WORKBOOK.read_bytes(), by=None)
    assert outcome.questionnaire
    publish_version(questionnaire=outcome.questionnaire, by=None)
    return Person(ConsultationFactory(open=True, questionnaire=outcome.questionnaire))


def filled(html: str) -> dict[str, Any]:
    """The first option of everything that is offered, and something in each text."""
    sent: dict[str, Any] = dict(HIDDEN.findall(html))
    for _kind, name, value in CHOICE.findall(html):
        sent.setdefault(name, value)
    sent.update(dict(OPTION.findall(html)))
    sent.update(dict.fromkeys(TEXT.findall(html), "2001"))
    for name, choice in RANKED.findall(html):
        sent.setdefault(name, []).append(choice)
    return sent


@pytest.mark.parametrize("language", ["es", "en", "it", "pt"])
def test_every_page_can_be_answered_and_the_whole_is_sent(person: Person, language: str) -> None:
    person.language = language
    url = person.start()["Location"]
    for _ in range(40):
        if url == person.url("review"):
            break
        html = person.client.get(url).content.decode()
        answer = person.client.post(url, filled(html))
        while answer.status_code == 200:
            html = answer.content.decode()
            assert 'class="error-summary' not in html
            answer = person.client.post(url, filled(html))
        url = answer["Location"]

    sent = person.send()

    response = Response.objects.get()
    version = newest_version(person.consultation)
    assert version
    definition = plan_of(version).definition
    assert sent["Location"] == person.url("receipt")
    assert response.status == ResponseStatus.SUBMITTED
    assert response.language == language
    assert validate(definition, response.answers, today=response.saved_on) == []
    assert len(response.answers) > 30
    assert {consent["purpose"] for consent in response.consents} == {"use", "question.sensitive_consent"}

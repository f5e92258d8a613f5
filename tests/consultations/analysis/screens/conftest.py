"""A consultation that sixty people answered, and its snapshot."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from consultations.analysis import snapshot
from consultations.models import Consultation, QuestionnaireVersion, ReferenceFigure
from portal.models import User
from tests.consultations.staff import signed_in, staff, staff_of
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.responses import ResponseFactory

DAYS = (date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 9))
SECRET = "wordthatcouldleak"
ANALYST = (
    "view_consultation",
    "view_single_responses",
    "view_sensitive_answers",
    "change_weightingscheme",
)


def answers_of(place: int) -> dict[str, Any]:
    """Forty were born in Peru, seventeen are of the family, three returned; one of them said a secret."""
    connection = "born" if place < 40 else "family" if place < 57 else "returned"
    found: dict[str, Any] = {
        "connection": connection,
        "languages": ["spanish", "quechua"] if place % 2 else ["spanish"],
        "score": place % 11,
    }
    if connection == "born":
        found["year"] = 1960 + place
    if connection != "returned":
        found |= {
            "used": ["passport"],
            "rating_wait": "good" if place % 4 else "bad",
            "rating_care": "bad" if place % 3 else "good",
            "channels": ["web", "desk"] if place % 2 else ["desk", "phone"],
            "comment": SECRET if place == 5 else "trato amable",
        }
    return found | ({"agrees": "OK", "people": "quechua" if place < 30 else "aymara"} if place % 2 else {})


@pytest.fixture
def version() -> QuestionnaireVersion:
    return VersionFactory()


@pytest.fixture
def consultation(version: QuestionnaireVersion) -> Consultation:
    return ConsultationFactory(open=True, questionnaire=version.questionnaire, languages=["es", "en"])


@pytest.fixture
def answered(consultation: Consultation, version: QuestionnaireVersion) -> Consultation:
    return answer(consultation, version)


def answer(consultation: Consultation, version: QuestionnaireVersion, people: int = 60) -> Consultation:
    for place in range(people):
        ResponseFactory(
            sent=True,
            consultation=consultation,
            version=version,
            submitted_on=DAYS[place % 3],
            language="en" if place % 5 == 0 else "es",
            sections=["profile", "services", "closer"],
            answers=answers_of(place),
        )
    for _draft in range(12):
        ResponseFactory(consultation=consultation, version=version, sections=["profile"])
    snapshot.refresh(consultation)
    return consultation


@pytest.fixture
def analyst(consultation: Consultation) -> User:
    return staff(*ANALYST)


@pytest.fixture
def unit_user(consultation: Consultation) -> User:
    """Of the unit that owns the consultation, without the right to single responses."""
    return staff_of(consultation.unit, "view_consultation")


@pytest.fixture
def as_analyst(analyst: User) -> Client:
    return speaking_english(signed_in(analyst))


@pytest.fixture
def as_unit(unit_user: User) -> Client:
    return speaking_english(signed_in(unit_user))


def speaking_english(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def figures() -> None:
    """The population by its connection, as somebody else counted it."""
    for category, share in (("born", 50), ("family", 40), ("other", 10)):
        ReferenceFigure.objects.create(
            variable="connection", category=category, share=share, definition="Everybody", source="A census"
        )

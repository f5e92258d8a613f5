from __future__ import annotations

from typing import Any

import pytest

from consultations.models import Consultation
from tests.consultations.exports.conftest import analyst, staff
from tests.consultations.exports.examples import ANSWERS, DEFINITION
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.responses import ResponseFactory

__all__ = ["analyst", "staff"]


@pytest.fixture
def consultation(db: None) -> Consultation:
    """Forty people: thirty-nine live in Italy and chose the ID card, one alone lives in Chile."""
    consultation = ConsultationFactory(open=True, slug="todo", title="Consulta #de $prueba *todo*")
    version = VersionFactory(questionnaire=consultation.questionnaire, definition=DEFINITION)
    for place in range(40):
        answers: dict[str, Any] = {**ANSWERS, "best": "dni" if place % 4 else "pass", "nps": place % 11}
        if place == 0:
            answers |= {"country": "CL", "city": "Zapallarcito"}
        ResponseFactory(
            sent=True,
            consultation=consultation,
            version=version,
            language="es" if place % 2 else "en",
            answers=answers,
        )
    return consultation

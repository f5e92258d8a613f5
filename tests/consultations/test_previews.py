"""Previews are the participant's own pages, drawn from what is being written."""

import pytest
from django.http import HttpResponse

from consultations.models import Questionnaire
from consultations.questionnaires.storing import store
from tests.factories.consultations import ConsultationFactory, QuestionnaireFactory
from tests.factories.definitions import journey_definition

pytestmark = pytest.mark.django_db


@pytest.fixture
def questionnaire() -> Questionnaire:
    return store(journey_definition(), by=None)


def preview(record: Questionnaire, mode: str) -> HttpResponse:
    response: HttpResponse = record.make_preview_request(preview_mode=mode)
    return response


def test_modes_are_the_sections_in_each_language_that_is_on(questionnaire: Questionnaire) -> None:
    modes = [name for name, _label in questionnaire.preview_modes]

    assert modes[:2] == ["es:before", "es:profile"]
    assert len(modes) == 2 * len(journey_definition().sections)


@pytest.mark.parametrize(("mode", "text"), [("es:profile", "Perfil"), ("en:profile", "Profile")])
def test_section_is_shown_in_the_language_chosen(questionnaire: Questionnaire, mode: str, text: str) -> None:
    page = preview(questionnaire, mode).content.decode()

    assert f"{text}</h1>" in page
    assert f'lang="{mode[:2]}"' in page


def test_questions_that_wait_for_an_answer_are_shown_too(questionnaire: Questionnaire) -> None:
    page = preview(questionnaire, "es:services").content.decode()

    assert "¿comment?" in page


def test_draft_with_a_broken_rule_can_be_looked_at(questionnaire: Questionnaire) -> None:
    section = questionnaire.sections.get(name="services")
    section.relevant = "${nobody = "
    questionnaire.sections.add(section)

    assert "Servicios</h1>" in preview(questionnaire, "es:services").content.decode()


def test_questionnaire_without_questions_says_where_they_will_appear() -> None:
    questionnaire = QuestionnaireFactory()

    assert preview(questionnaire, questionnaire.default_preview_mode).status_code == 200


def test_preview_may_be_framed_by_our_own_admin_only(questionnaire: Questionnaire) -> None:
    policy = preview(questionnaire, "es:profile").headers["Content-Security-Policy"]

    assert "frame-ancestors 'self'" in policy


def test_consultation_is_shown_as_its_page_would_be() -> None:
    consultation = ConsultationFactory(answerable=True, languages=["es", "en"])
    consultation.title_en = "A better title"

    page = consultation.make_preview_request(preview_mode="en").content.decode()

    assert "A better title" in page
    assert [name for name, _label in consultation.preview_modes] == ["es", "en"]

"""Copying parts in the admin: chosen by name, into the draft, all or nothing."""

import pytest
from django.urls import reverse

from consultations.models import Questionnaire
from consultations.questionnaires.compile import definition_of
from consultations.questionnaires.storing import store
from tests.consultations.staff import administrator, signed_in, staff
from tests.factories.definitions import journey_definition
from tests.factories.questionnaires import SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Questionnaire:
    return store(journey_definition(), by=None)


def copy_url(target: Questionnaire, source: Questionnaire) -> str:
    return f"{reverse('questionnaire_copy', args=[target.pk])}?source={source.pk}"


def names_in(questionnaire: Questionnaire) -> list[list[str]]:
    draft = Questionnaire.objects.get(pk=questionnaire.pk).get_latest_revision_as_object()
    return [[question.name for question in section.questions] for section in definition_of(draft).sections]


def test_section_and_question_of_another_questionnaire_are_copied(source: Questionnaire) -> None:
    target = SectionFactory(name="mine").questionnaire

    administrator().post(
        copy_url(target, source), {"sections": ["profile"], "questions": ["comment"], "into": "mine"}
    )

    assert names_in(target) == [["comment"], ["connection", "year", "languages"]]


def test_section_is_copied_within_its_questionnaire_under_new_names(source: Questionnaire) -> None:
    administrator().post(copy_url(source, source), {"sections": ["profile"]})

    assert names_in(source)[-1] == ["connection_2", "year_2", "languages_2"]


def test_questions_without_a_goal_are_refused_and_nothing_is_copied(source: Questionnaire) -> None:
    target = SectionFactory(name="mine").questionnaire

    response = administrator().post(
        copy_url(target, source), {"sections": ["profile"], "questions": ["comment"]}
    )

    assert response.status_code == 200
    assert names_in(target) == [[]]


def test_page_shows_what_can_be_copied(source: Questionnaire) -> None:
    target = SectionFactory(name="mine").questionnaire

    page = administrator().get(copy_url(target, source)).content.decode()

    assert 'value="profile"' in page
    assert 'value="comment"' in page


def test_copying_needs_the_permission_to_change(source: Questionnaire) -> None:
    client = signed_in(staff("view_questionnaire"))

    assert client.post(copy_url(source, source), {"sections": ["profile"]}).status_code == 302
    assert len(names_in(source)) == len(journey_definition().sections)

"""The one way to publish: it says what is missing, makes the draft live, and freezes it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from consultations.instrument.definition import Definition
from consultations.models import Questionnaire, QuestionnaireVersion
from consultations.questionnaires.compile import definition_of
from consultations.questionnaires.differences import Change, differences
from consultations.questionnaires.drafts import Locked, publish_draft
from consultations.questionnaires.publication import NotPublishable
from consultations.questionnaires.storing import store
from tests.consultations.staff import administrator, signed_in, staff
from tests.factories.definitions import journey_definition, text
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def relabelled(definition: Definition, name: str, label: dict[str, str]) -> Definition:
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(question, label=label) if question.name == name else question
                for question in section.questions
            ),
        )
        for section in definition.sections
    )
    return replace(definition, sections=sections)


def redraft(questionnaire: Questionnaire, **texts: str) -> None:
    """Change the first question of the draft, and leave what is live alone."""
    draft = questionnaire.get_latest_revision_as_object()
    section = next(item for item in draft.sections.all() if item.name == "profile")
    question = section.questions.all()[0]
    for name, value in texts.items():
        setattr(question, name, value)
    section.questions.add(question)
    draft.sections.add(section)
    draft.save_revision(clean=False)
    questionnaire.refresh_from_db()


def test_publishing_freezes_the_newest_draft_and_makes_it_live() -> None:
    questionnaire = store(journey_definition(), by=None)
    redraft(questionnaire, label_es="¿De dónde viene?")
    user = UserFactory(superuser=True)

    version = publish_draft(questionnaire=questionnaire, by=user)

    assert version.definition.question("connection").label["es"] == "¿De dónde viene?"
    assert version.published_by == user
    stored = Questionnaire.objects.get()
    assert definition_of(stored) == version.definition
    assert not stored.has_unpublished_changes


def test_draft_with_errors_changes_neither_live_text_nor_versions() -> None:
    questionnaire = store(journey_definition(), by=None)
    redraft(questionnaire, label_en="")

    with pytest.raises(NotPublishable):
        publish_draft(questionnaire=questionnaire, by=UserFactory(superuser=True))

    assert definition_of(Questionnaire.objects.get()) == journey_definition()
    assert not QuestionnaireVersion.objects.exists()


def test_locked_questionnaire_is_not_published() -> None:
    store(journey_definition(), by=None)
    Questionnaire.objects.update(locked=True, locked_by=UserFactory())

    with pytest.raises(Locked):
        publish_draft(questionnaire=Questionnaire.objects.get(), by=UserFactory(superuser=True))

    assert not QuestionnaireVersion.objects.exists()


def test_page_reports_what_is_missing_by_language_and_keeps_the_button_away() -> None:
    questionnaire = store(journey_definition(), by=None)
    redraft(questionnaire, label_en="")

    page = administrator().get(reverse("questionnaire_publish", args=[questionnaire.pk])).content.decode()

    assert "connection" in page
    assert "problems__severity--error" in page
    assert 'class="staff-ways"' not in page


def test_page_publishes_and_then_tells_versions_with_their_changes() -> None:
    questionnaire = store(journey_definition(), by=None)
    client, url = administrator(), reverse("questionnaire_publish", args=[questionnaire.pk])
    client.post(url)
    redraft(questionnaire, label_es="¿De dónde viene?")
    client.post(url)

    context = client.get(url).context

    assert [item["version"].number for item in context["versions"]] == [2, 1]
    assert [change["name"] for change in context["versions"][0]["changes"]] == ["connection"]
    assert context["versions"][1]["changes"] == []


def test_publishing_needs_its_permission() -> None:
    questionnaire = store(journey_definition(), by=None)
    client = signed_in(staff("change_questionnaire", "publish_questionnaire"))

    response = client.post(reverse("questionnaire_publish", args=[questionnaire.pk]))

    assert response.status_code == 302
    assert not QuestionnaireVersion.objects.exists()


def test_differences_name_what_was_added_reworded_and_taken_out() -> None:
    old = journey_definition()
    fewer = replace(old, sections=old.sections[:-2])
    new = relabelled(fewer, "connection", text("¿Cuál es su vínculo?"))

    forward, back = differences(new, old), differences(old, new)

    assert [(item.question.name, item.change) for item in forward] == [
        ("connection", Change.REWORDED),
        *((name, Change.REMOVED) for name in ("agrees", "people", "income", "score", "thanks")),
    ]
    assert {item.change for item in back} == {Change.REWORDED, Change.ADDED}
    assert differences(old, old) == []

"""Approving a questionnaire publishes it as a version, or says clearly why it could not."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from consultations.models import Consultation, Questionnaire, QuestionnaireVersion
from consultations.questionnaires.approval import waits_for_publication
from consultations.questionnaires.storing import store
from portal.models import AuditEntry, User
from tests.consultations.questionnaires.test_publish_views import redraft, relabelled
from tests.consultations.staff import PageForm, signed_in, staff
from tests.factories.consultations import ConsultationFactory
from tests.factories.definitions import journey_definition, text

pytestmark = pytest.mark.django_db
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


@pytest.fixture
def approver() -> User:
    """Somebody whose group has the last word over questionnaires and consultations."""
    group = Group.objects.create(name="Approvers")
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Four eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    for model in (Questionnaire, Consultation):
        kind = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.create(workflow=workflow, content_type=kind)
    user = staff("change_questionnaire", "publish_version", "publish_consultation")
    user.groups.add(group)
    return user


def submit(record: Questionnaire | Consultation) -> None:
    record.get_workflow().start(record, None)


def approve(questionnaire: Questionnaire, approver: User) -> str:
    """In the admin, with the button of whoever approves; the page that follows."""
    client = signed_in(approver)
    url = reverse("wagtailsnippets_consultations_questionnaire:edit", args=[questionnaire.pk])
    form = PageForm(client.get(url).content.decode()).data
    return client.post(url, {**form, **APPROVE}, follow=True).content.decode()


def test_approved_questionnaire_is_frozen_as_the_next_version(approver: User) -> None:
    questionnaire = store(journey_definition(), by=None)
    redraft(questionnaire, label_es="¿De dónde viene?")
    submit(questionnaire)

    approve(questionnaire, approver)

    version = QuestionnaireVersion.objects.get(questionnaire=questionnaire)
    assert (version.number, version.published_by) == (1, approver)
    assert version.definition.question("connection").label["es"] == "¿De dónde viene?"
    questionnaire.refresh_from_db()
    assert (questionnaire.has_unpublished_changes, waits_for_publication(questionnaire)) == (False, False)


def test_approver_hears_at_once_what_stands_in_the_way(approver: User) -> None:
    broken = relabelled(journey_definition(), "connection", text("Bien"))
    questionnaire = store(broken, by=None)
    redraft(questionnaire, relevant="${nobody} = 'x'")
    submit(questionnaire)

    page = approve(questionnaire, approver)

    publish = reverse("questionnaire_publish", args=[questionnaire.pk])
    assert publish in page
    assert QuestionnaireVersion.objects.count() == 0
    questionnaire.refresh_from_db()
    assert waits_for_publication(questionnaire)
    assert signed_in(approver).get(publish).context["is_approved"]
    assert AuditEntry.objects.get(verb="questionnaire.approved_unpublished").by == approver


def test_whoever_may_approve_and_not_publish_leaves_it_to_others(approver: User) -> None:
    approver.user_permissions.remove(Permission.objects.get(codename="publish_version"))
    questionnaire = store(journey_definition(), by=None)
    redraft(questionnaire, label_es="¿De dónde viene?")
    submit(questionnaire)

    page = approve(questionnaire, approver)

    assert reverse("questionnaire_publish", args=[questionnaire.pk]) not in page
    assert QuestionnaireVersion.objects.count() == 0
    questionnaire.refresh_from_db()
    assert waits_for_publication(questionnaire)


def test_a_draft_that_goes_on_is_no_longer_the_approved_one(approver: User) -> None:
    questionnaire = store(journey_definition(), by=None)
    redraft(questionnaire, relevant="${nobody} = 'x'")
    submit(questionnaire)
    approve(questionnaire, approver)

    redraft(questionnaire, relevant="")

    assert not waits_for_publication(questionnaire)


def test_other_records_and_pages_are_published_by_wagtails_own_way(approver: User) -> None:
    consultation = ConsultationFactory(title="Antes")
    consultation.title = "Después"
    consultation.save_revision()
    submit(consultation)
    task = consultation.current_workflow_task_state

    task.approve(user=approver)

    consultation.refresh_from_db()
    assert consultation.title == "Después"

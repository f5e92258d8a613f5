"""Opening, closing and reporting by hand: only by POST, only with the permission, only in order."""

import pytest
from django.urls import reverse

from consultations.enums import ConsultationStatus
from consultations.models import Consultation
from portal.models import AuditEntry
from tests.consultations.staff import administrator, signed_in, staff
from tests.factories.consultations import ConsultationFactory

pytestmark = pytest.mark.django_db


def stages_url(consultation: Consultation) -> str:
    return reverse("consultation_stages", args=[consultation.pk])


def test_consultation_is_closed_and_the_page_says_who_did_it() -> None:
    consultation, user = ConsultationFactory(answerable=True), staff("change_status")
    client = signed_in(user)

    client.post(stages_url(consultation), {"status": "closed"})

    consultation.refresh_from_db()
    assert consultation.status == ConsultationStatus.CLOSED
    assert AuditEntry.objects.get(verb="consultation.closed").by == user
    assert user.email in client.get(stages_url(consultation)).content.decode()


def test_page_offers_only_the_steps_that_the_life_cycle_allows() -> None:
    page = signed_in(staff("change_status")).get(stages_url(ConsultationFactory(closed=True)))

    assert [step["status"] for step in page.context["steps"]] == ["open", "reported"]


def test_looking_at_the_page_changes_nothing() -> None:
    consultation = ConsultationFactory(answerable=True)

    administrator().get(stages_url(consultation), {"status": "closed"})

    consultation.refresh_from_db()
    assert consultation.status == ConsultationStatus.OPEN


@pytest.mark.parametrize("status", ["reported", "draft", "", "nonsense"])
def test_step_out_of_order_is_refused(status: str) -> None:
    consultation = ConsultationFactory(answerable=True)

    response = administrator().post(stages_url(consultation), {"status": status}, follow=True)

    consultation.refresh_from_db()
    assert consultation.status == ConsultationStatus.OPEN
    assert response.status_code == 200


def test_opening_without_a_published_questionnaire_is_refused_with_the_reason() -> None:
    consultation = ConsultationFactory(status=ConsultationStatus.DRAFT)

    response = administrator().post(stages_url(consultation), {"status": "open"}, follow=True)

    assert [str(message) for message in response.context["messages"]] != []
    consultation.refresh_from_db()
    assert consultation.status == ConsultationStatus.DRAFT


def test_stages_need_their_permission() -> None:
    consultation = ConsultationFactory(answerable=True)
    client = signed_in(staff("change_consultation", "publish_consultation"))

    assert client.get(stages_url(consultation)).status_code == 302
    client.post(stages_url(consultation), {"status": "closed"})
    consultation.refresh_from_db()
    assert consultation.status == ConsultationStatus.OPEN

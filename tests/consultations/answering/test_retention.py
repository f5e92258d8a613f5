from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.answering.retention import erase_drafts
from consultations.enums import ResponseStatus
from consultations.models import Response
from portal.models import AuditEntry
from tests.factories.consultations import ConsultationFactory, VersionFactory

pytestmark = pytest.mark.django_db


def respond(consultation, status):
    today = timezone.localdate()
    return Response.objects.create(
        consultation=consultation,
        version=VersionFactory(questionnaire=consultation.questionnaire),
        status=status,
        language="es",
        started_on=today,
        saved_on=today,
        submitted_on=today if status == ResponseStatus.SUBMITTED else None,
    )


@pytest.mark.parametrize(("days", "erased"), [(29, 0), (31, 1)])
def test_drafts_go_thirty_days_after_closing(days, erased):
    closes = timezone.now() - timedelta(days=days)
    consultation = ConsultationFactory(closed=True, opens_at=closes - timedelta(days=50), closes_at=closes)
    respond(consultation, ResponseStatus.DRAFT)

    assert erase_drafts() == erased
    assert Response.objects.count() == 1 - erased


def test_what_was_sent_stays_and_the_trail_counts_what_went():
    closes = timezone.now() - timedelta(days=40)
    consultation = ConsultationFactory(closed=True, opens_at=closes - timedelta(days=50), closes_at=closes)
    sent = respond(consultation, ResponseStatus.SUBMITTED)
    Response.objects.create(
        consultation=consultation,
        version=sent.version,
        language="es",
        started_on=sent.started_on,
        saved_on=sent.saved_on,
    )

    erase_drafts()

    assert list(Response.objects.all()) == [sent]
    assert AuditEntry.objects.get(verb="responses.drafts_erased").details == {"count": 1}


def test_an_open_consultation_loses_nothing():
    respond(ConsultationFactory(open=True), ResponseStatus.DRAFT)

    assert erase_drafts() == 0

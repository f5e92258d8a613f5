"""Simulated people who stop: their drafts are a person's, marked, and move no figure of what was sent."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consultations import lifecycle
from consultations.analysis import dropoff, snapshot
from consultations.answering.plan import plan_of
from consultations.enums import Channel, ResponseStatus
from consultations.models import Consultation, ParticipationCode, Response
from portal.models import AuditEntry
from tests.factories.consultations import ConsultationFactory, VersionFactory

pytestmark = pytest.mark.django_db


def answerable() -> Consultation:
    return ConsultationFactory(open=True, questionnaire=VersionFactory().questionnaire)


def leave(consultation: Consultation, **options: int) -> str:
    out = StringIO()
    call_command("simulate_responses", consultation.slug, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_drafts_are_marked_and_stop_after_whole_pages() -> None:
    consultation = answerable()

    leave(consultation, drafts=30)

    drafts = list(Response.objects.filter(consultation=consultation))
    names = [section.name for page in plan_of(drafts[0].version).pages for section in page.sections]
    assert {(draft.status, draft.channel) for draft in drafts} == {(ResponseStatus.DRAFT, Channel.SIMULATED)}
    assert all(draft.sections == names[: len(draft.sections)] for draft in drafts)
    assert len({len(draft.sections) for draft in drafts}) > 1
    assert {draft.submitted_on for draft in drafts} == {None}
    assert ParticipationCode.objects.count() == 30


def test_drop_off_shows_where_they_stopped() -> None:
    consultation = answerable()
    leave(consultation, count=20, drafts=30)
    frame = snapshot.refresh(consultation)

    found = dropoff.sections(consultation, frame)

    assert sum(section.left_here or 0 for section in found) == 30
    unsent = [section.unsent or 0 for section in found]
    assert unsent == sorted(unsent, reverse=True)
    assert {section.sent for section in found} == {20}
    assert frame.table.height == 20


def test_drafts_are_left_once_and_taken_away_with_the_rest() -> None:
    consultation = answerable()
    leave(consultation, count=3, drafts=5)

    leave(consultation, count=3, drafts=5)

    assert Response.objects.filter(status=ResponseStatus.DRAFT).count() == 5
    entries = AuditEntry.objects.filter(verb="responses.drafts_simulated").order_by("pk")
    assert [entry.details for entry in entries] == [{"count": 5}, {"count": 0}]

    leave(consultation, remove=1)

    assert (Response.objects.count(), ParticipationCode.objects.count()) == (0, 0)


def test_nobody_begins_after_closing() -> None:
    consultation = answerable()
    lifecycle.close(consultation=consultation, by=None)

    with pytest.raises(CommandError):
        leave(Consultation.objects.get(pk=consultation.pk), drafts=1)

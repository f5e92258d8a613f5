"""The life cycle of a consultation is one table, kept by people and by the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Schedule

from consultations import lifecycle, tasks
from consultations.enums import ConsultationStatus
from consultations.lifecycle import TRANSITIONS, NotAllowed
from consultations.models import Consultation
from portal.models import AuditEntry, User
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def ready(**fields: object) -> Consultation:
    consultation = ConsultationFactory(**fields)
    VersionFactory(questionnaire=consultation.questionnaire)
    return consultation


def test_every_status_stands_in_the_table() -> None:
    assert set(TRANSITIONS) == set(ConsultationStatus)


@pytest.mark.parametrize("before", list(ConsultationStatus))
@pytest.mark.parametrize("after", list(ConsultationStatus))
def test_only_the_steps_of_the_table_are_taken(before: ConsultationStatus, after: ConsultationStatus) -> None:
    consultation = ready(status=before)

    if after in TRANSITIONS[before]:
        lifecycle.change_status(consultation, after, by=None)
        assert consultation.status == after
    else:
        with pytest.raises(NotAllowed):
            lifecycle.change_status(consultation, after, by=None)


def test_a_step_is_recorded_with_who_took_it() -> None:
    somebody = UserFactory()
    consultation = ready()

    lifecycle.open_now(consultation=consultation, by=somebody)

    entry = AuditEntry.objects.get(verb="consultation.open")
    assert (entry.by, entry.details) == (somebody, {"before": "draft"})


def test_nothing_opens_without_a_frozen_questionnaire() -> None:
    with pytest.raises(NotAllowed):
        lifecycle.open_now(consultation=ConsultationFactory(), by=None)


def test_nothing_opens_after_its_closing_date() -> None:
    consultation = ready(closed=True)

    with pytest.raises(NotAllowed):
        lifecycle.open_now(consultation=consultation, by=None)


def test_opening_early_and_closing_early_move_the_dates() -> None:
    consultation = ready(
        opens_at=timezone.now() + timedelta(days=1), closes_at=timezone.now() + timedelta(days=9)
    )

    lifecycle.open_now(consultation=consultation, by=None)
    lifecycle.close(consultation=consultation, by=None)

    assert consultation.opens_at < consultation.closes_at <= timezone.now()


def test_answers_are_taken_only_until_the_closing_moment() -> None:
    consultation = ready(open=True)

    assert lifecycle.accepts_answers(consultation)
    assert not lifecycle.accepts_answers(consultation, at=consultation.closes_at)
    assert not lifecycle.accepts_answers(ready(closed=True))


def test_publishing_an_older_text_does_not_change_the_status() -> None:
    consultation = ready(title="Antes")
    revision = consultation.save_revision()
    lifecycle.open_now(consultation=consultation, by=None)

    revision.publish()

    consultation.refresh_from_db()
    assert consultation.status == ConsultationStatus.OPEN


def test_the_clock_opens_and_closes_what_is_due() -> None:
    hour = timedelta(hours=1)
    to_open = ready(opens_at=timezone.now() - hour, closes_at=timezone.now() + hour)
    to_close = ready(status="open", opens_at=timezone.now() - 2 * hour, closes_at=timezone.now() - hour)
    early = ready(opens_at=timezone.now() + hour)
    unfinished = ConsultationFactory(opens_at=timezone.now() - hour)

    tasks.keep_to_dates()
    tasks.keep_to_dates()

    statuses = [Consultation.objects.get(pk=c.pk).status for c in (to_open, to_close, early, unfinished)]
    assert statuses == ["open", "closed", "draft", "draft"]
    assert AuditEntry.objects.filter(verb__startswith="consultation.").count() == 2


def test_a_date_that_is_put_off_at_the_last_moment_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the clock closes one consultation, somebody gives the other one more time."""
    due = [ready(open=True, closes_at=timezone.now() - timedelta(minutes=1)) for _ in range(2)]
    later = timezone.now() + timedelta(days=7)
    close = lifecycle.close

    def close_while_somebody_edits(*, consultation: Consultation, by: User | None) -> None:
        close(consultation=consultation, by=by)
        Consultation.objects.exclude(pk=consultation.pk).update(closes_at=later)

    monkeypatch.setattr(lifecycle, "close", close_while_somebody_edits)
    tasks.keep_to_dates()

    found = Consultation.objects.filter(pk__in=[c.pk for c in due])
    assert sorted(found.values_list("status", flat=True)) == ["closed", "open"]
    assert found.get(status="open").closes_at == later


def test_setting_up_schedules_twice_leaves_one_of_each() -> None:
    call_command("setup_schedules", verbosity=0)
    call_command("setup_schedules", verbosity=0)

    assert Schedule.objects.filter(name="consultations.keep_to_dates").count() == 1

"""Exports that recur: made once a time for each who may have them, told once, and failing aloud."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.users.models import UserProfile

from consultations import tasks
from consultations.enums import ExportContent, JobStatus
from consultations.exports import jobs
from consultations.exports.contents import CONTENTS
from consultations.models import Consultation, ExportJob, ExportSchedule, ScheduledJob
from consultations.schedules import running
from portal.models import User
from tests.consultations.exports.examples import ANSWERS, DEFINITION
from tests.consultations.staff import signed_in, staff, staff_of
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.portal import UnitFactory, UserFactory
from tests.factories.responses import ResponseFactory

pytestmark = pytest.mark.django_db
FORM = {
    "format": "csv",
    "values": "codes",
    "language": "es",
    "filter": "",
    "purpose": "Informe semanal",
    "frequency": "weekly",
    "weekday": "0",
    "day": "1",
    "at": "08:00",
    "timezone": "America/Lima",
}


@pytest.fixture
def consultation() -> Consultation:
    consultation: Consultation = ConsultationFactory(open=True, slug="todo", title="Necesidades")
    version = VersionFactory(questionnaire=consultation.questionnaire, definition=DEFINITION)
    ResponseFactory(consultation=consultation, version=version, sent=True, answers=ANSWERS)
    return consultation


@pytest.fixture
def analyst() -> User:
    return staff("export_responses", "view_consultation")


def due(consultation: Consultation, *recipients: User, by: User, **fields: Any) -> ExportSchedule:
    schedule = ExportSchedule(
        consultation=consultation, purpose="Informe", language="es", format="csv", **fields
    )
    running.save(schedule=schedule, recipients=recipients, by=by)
    ExportSchedule.objects.update(next_run=timezone.now() - timedelta(minutes=1))
    schedule.refresh_from_db()
    return schedule


@pytest.mark.django_db(transaction=True)
def test_each_recipient_gets_a_file_and_a_mail(consultation: Consultation, analyst: User, tree: None) -> None:
    other = staff("export_responses", "view_consultation")
    due(consultation, analyst, other, by=analyst)

    tasks.run_export_schedules()
    tasks.run_export_schedules()

    jobs = ExportJob.objects.all()
    assert {job.requested_by for job in jobs} == {analyst, other}
    assert {job.status for job in jobs} == {JobStatus.DONE}
    assert sorted(message.to[0] for message in mail.outbox) == sorted([analyst.email, other.email])
    assert all(str(job.pk) in "".join(message.body for message in mail.outbox) for job in jobs)
    # The way leads to the admin's door; no key travels by mail.
    assert not any("key=" in message.body for message in mail.outbox)


def test_missed_times_are_made_up_for_once(consultation: Consultation, analyst: User) -> None:
    schedule = due(consultation, analyst, by=analyst, frequency="daily")
    ExportSchedule.objects.update(next_run=timezone.now() - timedelta(days=9))

    running.run_due()
    running.run_due()

    schedule.refresh_from_db()
    assert ExportJob.objects.count() == 1
    assert schedule.next_run > timezone.now()


def test_who_lost_the_right_gets_nothing_and_its_maker_hears_of_it(
    consultation: Consultation, analyst: User
) -> None:
    gone = staff("view_consultation")
    UserProfile.objects.create(user=analyst, preferred_language="en")
    schedule = due(consultation, analyst, gone, by=analyst)

    running.run_due()

    schedule.refresh_from_db()
    assert [job.requested_by for job in ExportJob.objects.all()] == [analyst]
    assert schedule.last_failure.startswith("One of its recipients")
    assert mail.outbox[0].to == [analyst.email]
    assert gone.email not in mail.outbox[0].body


def test_who_left_counts_among_those_who_get_none(consultation: Consultation, analyst: User) -> None:
    left = staff("export_responses", "view_consultation")
    UserProfile.objects.create(user=analyst, preferred_language="en")
    schedule = due(consultation, analyst, left, by=analyst)
    User.objects.filter(pk=left.pk).update(is_active=False)

    running.run_due()

    schedule.refresh_from_db()
    assert [job.requested_by for job in ExportJob.objects.all()] == [analyst]
    assert schedule.last_failure.startswith("One of its recipients")


def test_a_recipient_who_lost_the_right_between_two_runs_gets_no_second_file(
    consultation: Consultation, analyst: User
) -> None:
    due(consultation, analyst, by=staff("export_responses", "view_consultation"))
    running.run_due()
    analyst.user_permissions.remove(Permission.objects.get(codename="export_responses"))
    ExportSchedule.objects.update(next_run=timezone.now() - timedelta(minutes=1))

    running.run_due()

    assert ExportJob.objects.count() == 1


def test_the_page_says_who_may_no_longer_have_it(consultation: Consultation, analyst: User) -> None:
    gone = staff("view_consultation")
    schedule = due(consultation, analyst, gone, by=analyst)

    page = signed_in(analyst).get(reverse("export_schedule", args=[schedule.pk]))

    assert page.context["without_right"] == [gone]
    assert gone.email in page.content.decode()


def test_when_its_maker_has_left_administrators_hear_of_a_failure(
    consultation: Consultation, analyst: User
) -> None:
    administrator = UserFactory(superuser=True)
    due(consultation, staff("view_consultation"), by=analyst)
    User.objects.filter(pk=analyst.pk).update(is_active=False)

    running.run_due()
    running.run_due()

    assert [message.to for message in mail.outbox] == [[administrator.email]]


def test_one_that_cannot_run_does_not_keep_the_others(consultation: Consultation, analyst: User) -> None:
    broken = due(consultation, analyst, by=analyst)
    ExportSchedule.objects.filter(pk=broken.pk).update(timezone="Nowhere/Atlantis")
    other = due(consultation, analyst, by=analyst)
    ExportSchedule.objects.update(next_run=timezone.now() - timedelta(minutes=1))

    running.run_due()
    running.run_due()

    assert [run.schedule for run in ScheduledJob.objects.all()] == [other]
    broken.refresh_from_db()
    assert broken.last_failure
    assert broken.next_run > timezone.now()
    assert [message.to for message in mail.outbox] == [[analyst.email]]

    ExportSchedule.objects.filter(pk=broken.pk).update(next_run=timezone.now() - timedelta(minutes=1))
    running.run_due()
    assert len(mail.outbox) == 2, "a day later it is said again"


def test_a_failure_is_told_once_the_mail_works_again(
    consultation: Consultation, analyst: User, settings: Any
) -> None:
    gone = staff("view_consultation")
    due(consultation, analyst, gone, by=analyst)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    running.run_due()
    # The export itself does not wait for the mail about somebody else.
    assert ExportJob.objects.count() == 1
    settings.EMAIL_BACKEND = working
    running.run_due()
    running.run_due()

    assert [message.to for message in mail.outbox] == [[analyst.email]]


def test_a_failed_export_is_told(consultation: Consultation, analyst: User) -> None:
    schedule = due(consultation, analyst, by=analyst, filter="nonsense ~ 1")
    running.run_due()
    job = ExportJob.objects.get()

    tasks.write_export(str(job.pk))
    tasks.write_export(str(job.pk))

    schedule.refresh_from_db()
    assert ExportJob.objects.get().status == JobStatus.FAILED
    assert schedule.last_failure
    assert len(mail.outbox) == 1


def test_a_failure_is_told_in_the_language_of_whoever_reads_it(
    consultation: Consultation, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in that of the file, nor in that of the recipient whose file it would have been."""
    recipient = staff("export_responses", "view_consultation")
    for person, language in ((analyst, "pt-br"), (recipient, "it")):
        UserProfile.objects.create(user=person, preferred_language=language)
    due(consultation, recipient, by=analyst)
    monkeypatch.setitem(CONTENTS, ExportContent.RESPONSES, _full)
    running.run_due()

    tasks.write_export(str(ExportJob.objects.get().pk))

    (message,) = mail.outbox
    assert message.to == [analyst.email]
    with override("pt"):
        assert jobs.what_failed(OSError(errno.ENOSPC, "No space left on device")) in message.body


def test_what_fails_for_everybody_is_told_once_a_run(
    consultation: Consultation, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = staff("export_responses", "view_consultation")
    schedule = due(consultation, analyst, other, by=analyst)
    monkeypatch.setitem(CONTENTS, ExportContent.RESPONSES, _full)

    for mails in (1, 2):
        ExportSchedule.objects.update(next_run=timezone.now() - timedelta(minutes=1))
        running.run_due()
        for job in ExportJob.objects.filter(status=JobStatus.QUEUED):
            tasks.write_export(str(job.pk))
        assert len(mail.outbox) == mails

    schedule.refresh_from_db()
    assert "disk" in schedule.last_failure or "disco" in schedule.last_failure


def _full(job: ExportJob, path: Path, on_progress: Any) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_mail_that_fails_is_sent_later(consultation: Consultation, analyst: User, settings: Any) -> None:
    due(consultation, analyst, by=analyst)
    running.run_due()
    job = ExportJob.objects.get()
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    tasks.write_export(str(job.pk))
    assert ScheduledJob.objects.get().told_at is None
    settings.EMAIL_BACKEND = working
    running.run_due()

    assert [message.to for message in mail.outbox] == [[analyst.email]]


def test_sensitive_answers_come_along_for_those_who_may_read_them(
    consultation: Consultation, analyst: User
) -> None:
    trusted = staff("export_responses", "view_consultation", "view_sensitive_answers")
    due(consultation, analyst, trusted, by=trusted, sensitive=True)

    running.run_due()

    found = {job.requested_by: job.sensitive for job in ExportJob.objects.all()}
    assert found == {analyst: False, trusted: True}


def test_a_stopped_schedule_rests(consultation: Consultation, analyst: User) -> None:
    schedule = due(consultation, analyst, by=analyst)
    running.stop(schedule=schedule, by=analyst)

    running.run_due()

    assert not ExportJob.objects.exists()


# --- In the admin -------------------------------------------------------------------------------------------


def test_staff_make_change_and_stop_a_schedule(consultation: Consultation, analyst: User) -> None:
    desk = signed_in(analyst)

    answer = desk.post(
        reverse("export_schedules", args=[consultation.pk]), FORM | {"recipients": [analyst.pk]}
    )
    schedule = ExportSchedule.objects.get()
    assert (schedule.created_by, list(schedule.recipients.all())) == (analyst, [analyst])
    desk.post(answer.url, FORM | {"verb": "save", "frequency": "daily", "recipients": [analyst.pk]})
    schedule.refresh_from_db()
    assert schedule.frequency == "daily"
    desk.post(answer.url, {"verb": "stop"})
    schedule.refresh_from_db()
    assert not schedule.is_active
    assert desk.get(answer.url).status_code == 200
    assert desk.get(reverse("export_schedules", args=[consultation.pk])).status_code == 200


def test_two_presses_make_one_schedule(consultation: Consultation, analyst: User) -> None:
    desk, address = signed_in(analyst), reverse("export_schedules", args=[consultation.pk])

    answers = [desk.post(address, FORM | {"recipients": [analyst.pk]}) for _press in range(2)]

    assert answers[0].url == answers[1].url
    assert ExportSchedule.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"recipients": []},
        {"timezone": "Europe/Atlantis"},
        {"at": "25:00"},
        {"day": "32"},
        {"purpose": "x"},
        {"filter": "nonsense ~"},
    ],
)
def test_a_wrong_schedule_is_told(consultation: Consultation, analyst: User, changes: dict[str, Any]) -> None:
    page = signed_in(analyst).post(
        reverse("export_schedules", args=[consultation.pk]), FORM | {"recipients": [analyst.pk]} | changes
    )

    assert page.status_code == 200
    assert "error-message" in page.content.decode()
    assert not ExportSchedule.objects.exists()


def test_only_those_who_may_have_the_file_can_be_recipients(
    consultation: Consultation, analyst: User
) -> None:
    nobody, elsewhere = staff("view_consultation"), staff_of(UnitFactory(code="SSN"), "export_responses")
    own = staff_of(consultation.unit, "export_responses")
    address = reverse("export_schedules", args=[consultation.pk])

    page = signed_in(analyst).get(address).content.decode()

    assert own.email in page
    assert analyst.email in page
    assert nobody.email not in page
    assert elsewhere.email not in page
    refused = signed_in(analyst).post(address, FORM | {"recipients": [elsewhere.pk]})
    assert (refused.status_code, ExportSchedule.objects.exists()) == (200, False)


def test_others_do_not_find_it(consultation: Consultation, analyst: User) -> None:
    schedule = due(consultation, analyst, by=analyst)
    elsewhere = signed_in(staff_of(UnitFactory(code="SSN"), "export_responses", "view_consultation"))

    assert elsewhere.get(reverse("export_schedule", args=[schedule.pk])).status_code == 404
    assert elsewhere.get(reverse("export_schedules", args=[consultation.pk])).status_code == 404


def test_the_list_needs_as_many_queries_for_three_as_for_one(
    consultation: Consultation, analyst: User
) -> None:
    desk, address = signed_in(analyst), reverse("export_schedules", args=[consultation.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    due(consultation, analyst, by=analyst)
    queries()
    for_one = queries()
    for _more in range(2):
        due(consultation, analyst, by=analyst)

    assert queries() == for_one


def test_errors_are_listed_with_the_way_to_their_fields(consultation: Consultation, analyst: User) -> None:
    page = signed_in(analyst).post(reverse("export_schedules", args=[consultation.pk]), FORM | {"day": "32"})

    found = page.content.decode()
    assert 'href="#id_day"' in found
    assert 'href="#id_recipients_0"' in found
    assert 'role="alert"' in found


def test_a_right_by_role_counts(consultation: Consultation) -> None:
    from django.contrib.auth.models import Group

    from consultations.schedules.forms import may_receive

    group = Group.objects.create(name="Exporters")
    group.permissions.set(Permission.objects.filter(codename__in=["export_responses", "see_every_unit"]))
    person = staff_of(None)
    person.groups.add(group)

    assert person in may_receive(consultation)

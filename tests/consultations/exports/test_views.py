"""The pages of an export: who may ask, who sees it, who fetches the file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.enums import JobStatus
from consultations.exports import jobs
from consultations.exports.visibility import key_for
from consultations.models import Consultation, ExportJob
from consultations.models.export_job import private_storage
from portal.models import AuditEntry, User
from tests.factories.portal import UserFactory
from tests.factories.responses import ResponseFactory

from .conftest import staff
from .examples import ANSWERS

pytestmark = pytest.mark.django_db

ASKED = {"format": "csv", "values": "labels", "language": "es", "purpose": "Informe trimestral"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def job(consultation: Consultation, analyst: User) -> ExportJob:
    ResponseFactory(
        sent=True, consultation=consultation, version=consultation.current_version, answers=ANSWERS
    )
    job = ExportJob(consultation=consultation, language="es", format="csv", purpose="Informe")
    jobs.request(job=job, by=analyst)
    return job


@pytest.fixture
def written(job: ExportJob) -> ExportJob:
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def file_url(job: ExportJob, user: User, name: str = "export_download") -> str:
    return f"{reverse(name, args=[job.pk])}?key={key_for(job, user)}"


def test_export_is_asked_for_watched_and_fetched(
    consultation: Consultation, analyst: User, django_capture_on_commit_callbacks: Any
) -> None:
    ResponseFactory(
        sent=True, consultation=consultation, version=consultation.current_version, answers=ANSWERS
    )
    client = signed_in(analyst)

    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(reverse("export_create", args=[consultation.pk]), {**ASKED, "sensitive": "on"})
    page = client.get(asked["Location"])
    job = ExportJob.objects.get()
    file = client.get(file_url(job, analyst))
    content = file.getvalue()

    assert (job.requested_by, job.purpose, job.sensitive) == (analyst, "Informe trimestral", True)
    assert reverse("export_download", args=[job.pk]) in page.content.decode()
    assert content.count(b"\r\n") == 2
    assert file["Content-Disposition"] == f'attachment; filename="todo-{timezone.localdate()}.csv"'
    assert "no-store" in file["Cache-Control"]


def test_purpose_must_be_said(consultation: Consultation, analyst: User) -> None:
    answer = signed_in(analyst).post(
        reverse("export_create", args=[consultation.pk]), {**ASKED, "purpose": ""}
    )

    assert answer.status_code == 200
    assert not ExportJob.objects.exists()


def test_without_the_permission_nothing_is_shown(consultation: Consultation, job: ExportJob) -> None:
    client = signed_in(staff("view_consultation"))

    asking = client.get(reverse("export_create", args=[consultation.pk]))
    reading = client.get(reverse("export_detail", args=[job.pk]))

    assert (asking.status_code, asking["Location"]) == (302, reverse("wagtailadmin_home"))
    assert reading.status_code == 404


def test_form_offers_sensitive_questions_to_who_may_read_them(
    consultation: Consultation, analyst: User
) -> None:
    url = reverse("export_create", args=[consultation.pk])

    pages = [signed_in(user).get(url).content.decode() for user in (analyst, staff("export_responses"))]

    assert ['name="sensitive"' in page for page in pages] == [True, False]


def test_page_of_a_running_job_shows_its_bar(job: ExportJob, analyst: User) -> None:
    ExportJob.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING, rows_done=50, rows_total=100)
    client = signed_in(analyst)

    page = client.get(reverse("export_detail", args=[job.pk])).content.decode()
    told = client.get(reverse("export_progress", args=[job.pk])).json()

    assert '<progress class="export-bar" id="export-progress" max="100" value="45">' in page
    assert told == {"done": 50, "total": 100, "percent": 45, "unfinished": True, "trouble": ""}


def test_failed_job_says_why(job: ExportJob, analyst: User) -> None:
    ExportJob.objects.filter(pk=job.pk).update(status=JobStatus.FAILED, message="Elija CSV.")

    page = signed_in(analyst).get(reverse("export_detail", args=[job.pk])).content.decode()

    assert "Elija CSV." in page


@pytest.mark.parametrize("name", ["export_detail", "export_progress", "export_download", "export_codebook"])
def test_somebody_elses_export_is_not_found(written: ExportJob, analyst: User, name: str) -> None:
    colleague = staff("export_responses")

    answer = signed_in(colleague).get(file_url(written, analyst, name), follow=True)

    assert answer.status_code == 404


def test_administrators_see_every_export(written: ExportJob) -> None:
    administrator = UserFactory(superuser=True)
    client = signed_in(administrator)

    assert client.get(reverse("export_detail", args=[written.pk])).status_code == 200
    assert client.get(file_url(written, administrator)).getvalue().startswith(b"\xef\xbb\xbfresponse.id")


@pytest.mark.parametrize("key", ["", "?key=", "?key=abc", "?key=a:b:c"])
def test_link_needs_its_key(written: ExportJob, analyst: User, key: str) -> None:
    url = reverse("export_download", args=[written.pk])

    assert signed_in(analyst).get(url + key, follow=True).status_code == 404


@pytest.mark.parametrize("name", ["export_download", "export_codebook"])
def test_link_whose_time_is_over_says_so_and_how_to_have_it_again(
    written: ExportJob, analyst: User, name: str
) -> None:
    client, url = signed_in(analyst), file_url(written, analyst, name)
    ExportJob.objects.filter(pk=written.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    for clean in (False, True):
        if clean:
            jobs.expire()
        answer = client.get(url)
        assert answer.status_code == 410
        assert reverse("export_again", args=[written.pk]) in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="export.downloaded").exists()
    assert not private_storage().exists(written.file.name)


def test_export_whose_time_is_over_is_asked_for_again_at_once(written: ExportJob, analyst: User) -> None:
    """Not only when the clock has put it away, which it does once an hour."""
    client = signed_in(analyst)
    ExportJob.objects.filter(pk=written.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = client.post(reverse("export_again", args=[written.pk]))

    assert answer.status_code == 302
    assert ExportJob.objects.filter(status=JobStatus.QUEUED).count() == 1


def test_export_whose_file_was_lost_can_be_made_again(written: ExportJob, analyst: User) -> None:
    """As on a portal that was put back from a copy, which has no exports in it."""
    client, url = signed_in(analyst), file_url(written, analyst)
    private_storage().delete(written.file.name)

    answer = client.get(url)
    again = client.post(reverse("export_again", args=[written.pk]))

    assert answer.status_code == 410
    assert again.status_code == 302
    assert not private_storage().exists(jobs.codebook_name(written.file.name))


def test_export_without_a_codebook_is_not_lost_by_asking_for_one(
    written: ExportJob, consultation: Consultation, analyst: User
) -> None:
    client = signed_in(analyst)
    workbook = ExportJob(consultation=consultation, language="es", format="xlsx", purpose="Informe")
    jobs.request(job=workbook, by=analyst)
    jobs.run(workbook.pk)

    assert client.get(file_url(workbook, analyst, "export_codebook"), follow=True).status_code == 404
    assert client.get(file_url(workbook, analyst)).getvalue() != b""


def test_permission_is_asked_again_at_the_download(written: ExportJob, analyst: User) -> None:
    url = file_url(written, analyst)
    analyst.user_permissions.remove(*analyst.user_permissions.filter(codename="export_responses"))

    assert signed_in(analyst).get(url).status_code == 404


def test_visitors_are_sent_to_the_door(written: ExportJob, analyst: User) -> None:
    answer = Client().get(file_url(written, analyst))

    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_every_download_is_in_the_audit_trail(written: ExportJob, analyst: User) -> None:
    client = signed_in(analyst)

    client.get(file_url(written, analyst)).getvalue()
    client.get(file_url(written, analyst, "export_codebook")).getvalue()

    entries = AuditEntry.objects.filter(verb="export.downloaded", target_id=str(written.pk), by=analyst)
    assert sorted(entry.details["codebook"] for entry in entries) == [False, True]


def test_download_that_broke_off_goes_on(written: ExportJob, analyst: User) -> None:
    client, url = signed_in(analyst), file_url(written, analyst)
    whole = client.get(url)
    content = whole.getvalue()

    rest = client.get(url, headers={"Range": "bytes=100-", "If-Range": whole["ETag"]})
    beyond = client.get(url, headers={"Range": f"bytes={len(content)}-"})

    assert (rest.status_code, rest.getvalue()) == (206, content[100:])
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(content)}")
    entries = AuditEntry.objects.filter(verb="export.downloaded").order_by("pk")
    assert [entry.details["range"] for entry in entries] == ["", "bytes=100-", f"bytes={len(content)}-"]


def test_file_that_was_written_anew_is_sent_whole(written: ExportJob, analyst: User) -> None:
    client, url = signed_in(analyst), file_url(written, analyst)
    first = client.get(url)
    content = first.getvalue()
    ExportJob.objects.filter(pk=written.pk).update(finished_at=timezone.now())

    again = client.get(url, headers={"Range": "bytes=9-", "If-Range": first["ETag"]})
    assert (again.status_code, again.getvalue()) == (200, content)


def test_filter_of_the_analysis_comes_along(consultation: Consultation, analyst: User) -> None:
    client, url = signed_in(analyst), reverse("export_create", args=[consultation.pk])

    page = client.get(url, {"filter": "country:is:IT"}).content.decode()
    client.post(url, {**ASKED, "filter": "country:is:IT"})
    refused = client.post(url, {**ASKED, "filter": "country:resembles:IT"})

    assert 'value="country:is:IT"' in page
    assert [job.filter for job in ExportJob.objects.all()] == ["country:is:IT"]
    assert "resembles" in refused.content.decode()


def test_list_of_exports_takes_the_same_queries_for_one_and_for_three(
    job: ExportJob, consultation: Consultation, analyst: User
) -> None:
    client, url = signed_in(analyst), reverse("export_create", args=[consultation.pk])
    client.get(url)

    with CaptureQueriesContext(connection) as for_one:
        client.get(url)
    ExportJob.objects.bulk_create(
        ExportJob(consultation=consultation, language="es", requested_by=analyst) for _number in range(2)
    )
    with CaptureQueriesContext(connection) as for_three:
        page = client.get(url).content.decode()

    assert page.count("/admin/consultations/exports/") == 3
    assert len(for_three) == len(for_one)

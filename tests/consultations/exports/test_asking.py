"""A form that is sent twice makes one job, and a job whose worker died ends in words and can be run again."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from consultations.enums import JobStatus
from consultations.exports import asking, jobs, signs
from consultations.models import Consultation, ExportJob
from portal.models import AuditEntry, User

from .conftest import staff

pytestmark = pytest.mark.django_db
ASKED = {"format": "csv", "values": "labels", "language": "es", "purpose": "Informe trimestral"}


@pytest.fixture
def client(analyst: User) -> Client:
    client = Client()
    client.force_login(analyst)
    return client


@pytest.fixture
def lost(consultation: Consultation, analyst: User) -> ExportJob:
    """Its worker was killed four minutes ago. The file was to be in Italian; who asked reads English."""
    UserProfile.objects.create(user=analyst, preferred_language="en")
    job = ExportJob(consultation=consultation, language="it", format="xlsx", purpose="Uso", filter="nps:is:7")
    jobs.request(job=job, by=analyst)
    ExportJob.objects.update(status=JobStatus.RUNNING, alive_at=timezone.now() - timedelta(minutes=4))
    job.refresh_from_db()
    return job


@pytest.mark.parametrize("page", ["export_create", "document_create"])
def test_form_that_is_sent_twice_makes_one_job(consultation: Consultation, client: Client, page: str) -> None:
    url = reverse(page, args=[consultation.pk])
    token = client.get(url).context["form"]["token"].value()
    sent = {**ASKED, "document": "report-pdf", "token": str(token)}

    first, second = client.post(url, sent), client.post(url, sent)

    assert first["Location"] == second["Location"] == reverse("export_detail", args=[token])
    assert ExportJob.objects.count() == AuditEntry.objects.filter(verb="export.requested").count() == 1


def test_same_form_with_other_choices_is_another_wish(consultation: Consultation, client: Client) -> None:
    url = reverse("export_create", args=[consultation.pk])
    sent = {**ASKED, "token": str(uuid4())}

    client.post(url, sent)
    client.post(url, sent | {"format": "ods"})

    assert sorted(ExportJob.objects.values_list("format", flat=True)) == ["csv", "ods"]


def test_token_of_somebody_else_finds_nothing_of_theirs(consultation: Consultation, client: Client) -> None:
    url, token = reverse("export_create", args=[consultation.pk]), uuid4()
    other = staff("export_responses", "view_consultation")
    theirs = ExportJob(pk=token, consultation=consultation, language="es", format="csv", purpose="Uso")
    jobs.request(job=theirs, by=other)

    answer = client.post(url, {**ASKED, "token": str(token)})

    assert answer["Location"] != reverse("export_detail", args=[token])
    assert ExportJob.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_job(consultation: Consultation, analyst: User) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("In memory, SQLite lets one thread at a time touch a table: see PostgreSQL's run.")
    token, found = uuid4(), list[Any]()
    both = threading.Barrier(2)

    def press() -> None:
        job = ExportJob(consultation=consultation, language="es", format="csv", purpose="Uso")
        both.wait()
        found.append(asking.once(job=job, by=analyst, token=token).pk)
        connection.close()

    presses = [threading.Thread(target=press) for _number in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert found == [token, token]
    assert ExportJob.objects.count() == 1


def test_whoever_looks_at_a_lost_job_is_told_in_words(client: Client, lost: ExportJob) -> None:
    answer = client.get(reverse("export_progress", args=[lost.pk]))

    lost.refresh_from_db()
    assert answer.json()["unfinished"] is False
    assert (lost.status, lost.message) == (
        JobStatus.FAILED,
        "The worker stopped before the file was written. Ask for it again.",
    )
    page = client.get(reverse("export_detail", args=[lost.pk])).content.decode()
    assert reverse("export_again", args=[lost.pk]) in page


def test_lost_job_is_found_without_anybody_looking(lost: ExportJob) -> None:
    jobs.expire()

    lost.refresh_from_db()
    assert lost.status == JobStatus.FAILED


def test_job_whose_worker_gives_signs_of_life_goes_on(client: Client, lost: ExportJob) -> None:
    signs._note_once(lost.pk)

    assert client.get(reverse("export_progress", args=[lost.pk])).json()["unfinished"] is True


def test_worker_gives_signs_of_life_while_it_writes(lost: ExportJob, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = list[Any]()
    monkeypatch.setattr(signs, "EVERY", timedelta(milliseconds=5))
    monkeypatch.setattr(signs, "_note_once", noted.append)

    with signs.alive(lost.pk):
        time.sleep(0.2)
    told = len(noted)
    time.sleep(0.05)

    assert told >= 2
    assert noted == [lost.pk] * told


def test_failed_job_is_run_again_with_its_choices_in_one_press(client: Client, lost: ExportJob) -> None:
    url = reverse("export_again", args=[lost.pk])

    first, second = client.post(url), client.post(url)

    new = ExportJob.objects.exclude(pk=lost.pk).get()
    assert first["Location"] == second["Location"] == reverse("export_detail", args=[new.pk])
    assert {name: getattr(new, name) for name in asking.CHOSEN} == {
        name: getattr(lost, name) for name in asking.CHOSEN
    }
    assert new.status == JobStatus.QUEUED


@pytest.mark.parametrize("status", [JobStatus.DONE, JobStatus.QUEUED])
def test_job_that_did_not_fail_is_not_run_again(client: Client, lost: ExportJob, status: JobStatus) -> None:
    ExportJob.objects.update(status=status)

    assert client.post(reverse("export_again", args=[lost.pk])).status_code == 404
    assert ExportJob.objects.count() == 1


def test_nobody_runs_the_job_of_somebody_else_again(lost: ExportJob) -> None:
    client = Client()
    client.force_login(staff("export_responses", "view_consultation"))

    assert client.post(reverse("export_again", args=[lost.pk])).status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": JobStatus.QUEUED}, ""),
        ({"status": JobStatus.QUEUED, "created_at": 2 * signs.STRANGE}, "no worker is running"),
        ({"status": JobStatus.RUNNING, "alive_at": signs.EVERY}, ""),
        ({"status": JobStatus.RUNNING, "alive_at": 2 * signs.STRANGE}, "no sign of life"),
    ],
)
def test_whoever_waits_is_told_when_something_is_strange(
    client: Client, lost: ExportJob, fields: dict[str, Any], words: str
) -> None:
    now = timezone.now()
    ExportJob.objects.update(
        **{name: now - value if isinstance(value, timedelta) else value for name, value in fields.items()}
    )

    page = client.get(reverse("export_detail", args=[lost.pk])).content.decode()
    said = client.get(reverse("export_progress", args=[lost.pk])).json()["trouble"]

    lost.refresh_from_db()
    with translation.override("en"):
        assert words in signs.trouble(lost)
    assert bool(said) == bool(words)
    assert f"data-export-trouble>{said}<" in page


def test_whoever_waits_behind_others_is_told_so(
    lost: ExportJob, consultation: Consultation, analyst: User
) -> None:
    ExportJob.objects.update(status=JobStatus.RUNNING, alive_at=timezone.now())
    behind = ExportJob.objects.create(consultation=consultation, language="es", requested_by=analyst)
    ExportJob.objects.filter(pk=behind.pk).update(created_at=timezone.now() - 2 * signs.STRANGE)

    behind.refresh_from_db()
    with translation.override("en"):
        assert "Another export is being written first" in signs.trouble(behind)

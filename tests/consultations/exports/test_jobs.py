"""An export as a job: asked for, written once, fetched by one person for a day, then deleted."""

from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from wagtail.users.models import UserProfile

from consultations import tasks
from consultations.enums import ExportContent, ExportFormat, JobStatus
from consultations.exports import jobs, signs
from consultations.exports.contents import CONTENTS
from consultations.models import Consultation, ExportJob
from portal.models import AuditEntry, User
from tests.factories.responses import ResponseFactory

from .conftest import staff
from .examples import ANSWERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(consultation: Consultation) -> Consultation:
    for _number in range(3):
        ResponseFactory(
            sent=True, consultation=consultation, version=consultation.current_version, answers=ANSWERS
        )
    return consultation


def queued(consultation: Consultation, user: User, **fields: Any) -> ExportJob:
    given = {"format": ExportFormat.CSV, "purpose": "Informe", **fields}
    job = ExportJob(consultation=consultation, language="es", **given)
    jobs.request(job=job, by=user)
    return job


def files() -> list[str]:
    storage = storages["private"]
    return sorted(storage.listdir("exports")[1]) if storage.exists("exports") else []


def test_job_is_written_by_the_queue(
    answered: Consultation, analyst: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = queued(answered, analyst)

    job.refresh_from_db()
    assert (job.status, job.rows_done, job.rows_total) == (JobStatus.DONE, 3, 3)
    assert files() == [f"{job.pk}-codebook.csv", f"{job.pk}.csv"]
    assert job.expires_at - job.finished_at == timedelta(hours=24)


def test_asking_is_in_the_audit_trail(answered: Consultation, analyst: User) -> None:
    job = queued(answered, analyst)

    entry = AuditEntry.objects.get(verb="export.requested")
    assert (entry.by, entry.target_id) == (analyst, str(job.pk))
    assert entry.details == {
        "content": "responses",
        "format": "csv",
        "values": "labels",
        "sensitive": False,
        "filter": "",
        "weighting": None,
        "with_codes": False,
        "purpose": "Informe",
    }


def test_sensitive_questions_need_their_own_permission(answered: Consultation) -> None:
    exporter = staff("export_responses")

    job = queued(answered, exporter, sensitive=True, values="codes")
    jobs.run(job.pk)

    job.refresh_from_db()
    with storages["private"].open(job.file.name) as file:
        heading = file.readline().decode()
    assert "city" in heading
    assert "health" not in heading


def test_job_delivered_twice_is_written_once(answered: Consultation, analyst: User) -> None:
    job = queued(answered, analyst)

    tasks.write_export(str(job.pk))
    first = ExportJob.objects.get(pk=job.pk).finished_at
    tasks.write_export(str(job.pk))

    assert ExportJob.objects.get(pk=job.pk).finished_at == first
    assert len(files()) == 2


def test_job_that_a_dead_worker_left_is_taken_up_again(answered: Consultation, analyst: User) -> None:
    job = queued(answered, analyst)
    ExportJob.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING)

    tasks.write_export(str(job.pk))

    job.refresh_from_db()
    assert job.status == JobStatus.DONE


def test_nothing_is_left_of_a_job_whose_worker_died_after_storing(
    answered: Consultation, analyst: User
) -> None:
    """Nobody could ever fetch it, and nothing else would ever delete it."""
    job = queued(answered, analyst)
    jobs.run(job.pk)
    ExportJob.objects.filter(pk=job.pk).update(
        status=JobStatus.RUNNING, file="", alive_at=timezone.now() - 2 * signs.SILENCE
    )

    tasks.expire_exports()

    job.refresh_from_db()
    assert (job.status, files()) == (JobStatus.FAILED, [])


def test_job_that_was_given_up_meanwhile_leaves_no_file(
    answered: Consultation, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queued(answered, analyst)

    def given_up_meanwhile(job: ExportJob, path: Path, on_progress: Any) -> int:
        path.write_text("answers")
        ExportJob.objects.filter(pk=job.pk).update(status=JobStatus.FAILED)
        return 1

    monkeypatch.setitem(CONTENTS, ExportContent.RESPONSES, given_up_meanwhile)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, files()) == (JobStatus.FAILED, [])


def test_job_that_is_gone_is_no_error(db: None) -> None:
    tasks.write_export(str(uuid4()))


def test_failure_is_told_in_a_sentence(answered: Consultation, analyst: User) -> None:
    """A stored answer of the wrong type is never dropped in silence."""
    job = queued(answered, analyst)
    answered.responses.update(answers={"year": "not a number"})

    tasks.write_export(str(job.pk))

    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert job.message != ""
    assert "number" not in job.message
    assert files() == []


def test_full_disk_is_said_to_be_one(
    answered: Consultation, analyst: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Nothing half written is left, in the store or where it was written."""
    job = queued(answered, analyst)
    UserProfile.objects.create(user=analyst, preferred_language="en")
    monkeypatch.setattr(storages["private"], "save", _half)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert "disk is full" in job.message
    assert files() == []
    assert [path for path in settings.SCRATCH_ROOT.iterdir() if path.is_dir()] == []


def _half(name: str, content: Any) -> str:
    path = Path(storages["private"].path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.read(10))
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_refusal_of_any_length_is_told(answered: Consultation, analyst: User) -> None:
    job = queued(answered, analyst, filter=f"{'city' * 200}:is:CL")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, len(job.message)) == (JobStatus.FAILED, jobs.LONGEST_MESSAGE)


def test_expired_files_are_deleted(answered: Consultation, analyst: User) -> None:
    old, fresh = queued(answered, analyst), queued(answered, analyst)
    for job in (old, fresh):
        jobs.run(job.pk)
    ExportJob.objects.filter(pk=old.pk).update(expires_at=timezone.now())

    tasks.expire_exports()
    tasks.expire_exports()

    old.refresh_from_db()
    assert (old.status, old.file.name) == (JobStatus.EXPIRED, "")
    assert files() == [f"{fresh.pk}-codebook.csv", f"{fresh.pk}.csv"]


def test_job_that_no_worker_finished_is_given_up(answered: Consultation, analyst: User) -> None:
    job = queued(answered, analyst)
    ExportJob.objects.filter(pk=job.pk).update(created_at=timezone.now() - jobs.ABANDONED)

    tasks.expire_exports()

    job.refresh_from_db()
    assert job.status == JobStatus.FAILED


def test_queue_is_told_a_key_and_nothing_else(
    answered: Consultation, analyst: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        job = queued(answered, analyst)

    assert [callback.args for callback in callbacks] == [("consultations.tasks.write_export", str(job.pk))]


def test_only_what_the_filter_lets_through_is_written(answered: Consultation, analyst: User) -> None:
    version = answered.current_version
    ResponseFactory(sent=True, consultation=answered, version=version, answers={"country": "CL"})

    job = queued(answered, analyst, filter="country:is:CL")
    jobs.run(job.pk)

    job.refresh_from_db()
    with storages["private"].open(job.file.name) as file:
        lines = file.read().decode().splitlines()
    assert (job.rows_done, len(lines), ",CL," in lines[1]) == (1, 2, True)


def test_filter_that_reads_sensitive_answers_is_refused(answered: Consultation) -> None:
    job = queued(answered, staff("export_responses"), filter="health:answered")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.status, files()) == (JobStatus.FAILED, [])
    assert job.message != ""

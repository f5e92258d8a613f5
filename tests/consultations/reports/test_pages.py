"""Documents in the admin: asked for with one press, written by a worker, fetched by who asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.analysis import snapshot
from consultations.enums import AnalysisScreen, JobStatus
from consultations.exports import jobs
from consultations.exports.visibility import key_for
from consultations.models import Consultation, ExportJob, SavedView, WeightingScheme
from portal.models import AuditEntry, User
from tests.factories.portal import UnitFactory, UserFactory

from .conftest import staff

pytestmark = pytest.mark.django_db

ASKED = {"document": "report-docx", "language": "es", "purpose": "Consejo de Ministros"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_report_is_asked_for_written_and_fetched(
    consultation: Consultation, django_capture_on_commit_callbacks: Any
) -> None:
    reader = staff("view_consultation")
    client = signed_in(reader)

    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(reverse("document_create", args=[consultation.pk]), ASKED)
    page = client.get(asked["Location"]).content.decode()
    job = ExportJob.objects.get()
    file = client.get(f"{reverse('export_download', args=[job.pk])}?key={key_for(job, reader)}")

    assert (job.content, job.format, job.status, job.purpose) == (
        "report",
        "docx",
        JobStatus.DONE,
        ASKED["purpose"],
    )
    assert reverse("export_download", args=[job.pk]) in page
    assert file.getvalue().startswith(b"PK")
    assert file["Content-Disposition"].startswith('attachment; filename="todo-report-')
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"export.requested", "export.downloaded"}


@pytest.mark.parametrize(
    "change", [{"purpose": ""}, {"document": "secrets"}, {"language": "xx"}, {"document": ""}]
)
def test_what_cannot_be_made_is_refused(consultation: Consultation, change: dict[str, str]) -> None:
    client = signed_in(staff("view_consultation"))

    answer = client.post(reverse("document_create", args=[consultation.pk]), {**ASKED, **change})

    assert answer.status_code == 200
    assert not ExportJob.objects.exists()


def a_view(consultation: Consultation, owner: User, query: str) -> SavedView:
    view: SavedView = SavedView.objects.create(
        consultation=consultation, owner=owner, name="Mine", screen=AnalysisScreen.QUESTIONS, query=query
    )
    return view


def test_saved_view_brings_its_filter_and_its_weights(consultation: Consultation) -> None:
    reader = staff("view_consultation", "view_single_responses")
    scheme = WeightingScheme.objects.create(consultation=consultation, name="Sex", margins=[])
    view = a_view(consultation, reader, f"f=and(best%3Ais%3Apass)&w={scheme.pk}&lang=en")

    signed_in(reader).post(
        reverse("document_create", args=[consultation.pk]), {**ASKED, "view": str(view.pk)}
    )

    job = ExportJob.objects.get()
    assert (job.filter, job.weighting) == ("and(best:is:pass)", scheme)


@pytest.mark.parametrize(
    "change",
    [
        {"view": "own", "filter": "best:is:dni"},
        {"document": "codebook-pdf", "view": "own"},
        {"filter": "country:is:CL"},
        {"filter": "best:is:"},
        {"view": "somebody's"},
    ],
)
def test_selection_that_cannot_be_printed_is_refused_at_once(
    consultation: Consultation, change: dict[str, str]
) -> None:
    reader = staff("view_consultation", "view_single_responses")
    views = {
        "own": a_view(consultation, reader, "f=and(best%3Ais%3Apass)"),
        "somebody's": a_view(consultation, staff("view_consultation"), ""),
    }
    snapshot.refresh(consultation)
    sent = {name: str(views[value].pk) if name == "view" else value for name, value in change.items()}

    answer = signed_in(reader).post(reverse("document_create", args=[consultation.pk]), {**ASKED, **sent})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not ExportJob.objects.exists()


def test_members_do_not_enter(consultation: Consultation) -> None:
    answer = signed_in(staff()).get(reverse("document_create", args=[consultation.pk]))

    assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home"))


def test_consultation_of_another_unit_is_not_found(consultation: Consultation) -> None:
    other = staff("view_consultation", unit=UnitFactory(code="SSN"))
    other.user_permissions.remove(*other.user_permissions.filter(codename="see_every_unit"))

    answer = signed_in(other).get(reverse("document_create", args=[consultation.pk]), follow=True)

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["export_detail", "export_progress", "export_download"])
def test_somebody_elses_report_is_not_found(consultation: Consultation, analyst: User, name: str) -> None:
    job = ExportJob(consultation=consultation, language="es", content="report", format="pdf", purpose="Uso")
    jobs.request(job=job, by=analyst)
    ExportJob.objects.update(status=JobStatus.DONE)

    answer = signed_in(staff("view_consultation")).get(reverse(name, args=[job.pk]), follow=True)

    assert answer.status_code == 404


def test_reports_need_no_right_to_single_responses_and_give_none(consultation: Consultation) -> None:
    """Whoever may see figures alone finds their reports, and none of the files with responses."""
    reader = staff("view_consultation")
    for content in ("report", "responses"):
        ExportJob.objects.create(
            consultation=consultation, language="es", content=content, requested_by=reader
        )

    page = signed_in(reader).get(reverse("document_create", args=[consultation.pk])).content.decode()

    assert page.count("/admin/consultations/exports/") == 1


def test_list_takes_the_same_queries_for_one_and_for_three(consultation: Consultation) -> None:
    reader = UserFactory(superuser=True)
    client, url = signed_in(reader), reverse("document_create", args=[consultation.pk])
    fields = {"consultation": consultation, "language": "es", "content": "report", "requested_by": reader}
    ExportJob.objects.create(**fields)
    client.get(url)

    with CaptureQueriesContext(connection) as for_one:
        client.get(url)
    ExportJob.objects.bulk_create(ExportJob(**fields) for _number in range(2))
    with CaptureQueriesContext(connection) as for_three:
        page = client.get(url).content.decode()

    assert page.count("/admin/consultations/exports/") == 3
    assert len(for_three) == len(for_one)

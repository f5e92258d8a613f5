"""An analyst drafts the report with one press and takes it along; a unit gets its own, and nothing beyond."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from consultations.analysis import snapshot
from consultations.enums import AnalysisScreen, JobStatus
from consultations.exports.visibility import key_for
from consultations.models import Consultation, ExportJob, SavedView
from portal.models import AuditEntry, User
from portal.roles import Role
from tests.consultations.exports.examples import ANSWERS, DEFINITION
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.portal import UnitFactory
from tests.factories.responses import ResponseFactory

from .conftest import DESK, PHONE
from .staff import member, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

OURS = "main .nice-padding"
PURPOSE = "Sesión del Consejo de Consulta"


@pytest.fixture(autouse=True)
def _clean(transactional_db: None) -> None:
    snapshot.forget()


@pytest.fixture
def consultation() -> Consultation:
    """Twenty-four people; half chose the ID card, half the passport."""
    found: Consultation = ConsultationFactory(open=True, title="Consulta de prueba", languages=["es", "en"])
    version = VersionFactory(questionnaire=found.questionnaire, definition=DEFINITION)
    for place in range(24):
        answers = {**ANSWERS, "best": "dni" if place % 2 else "pass"}
        ResponseFactory(sent=True, consultation=found, version=version, answers=answers)
    return found


def of_unit(consultation: Consultation) -> User:
    user = member(Role.UNIT_STAFF)
    user.unit = consultation.unit
    user.save()
    return user


def ask_for(page: Page, consultation: Consultation, document: str, **selects: str) -> None:
    page.goto(reverse("document_create", args=[consultation.pk]))
    page.locator(f"input[name=document][value={document}]").check()
    for name, value in selects.items():
        page.locator(f"select[name={name}]").select_option(value)
    page.locator("[name=purpose]").fill(PURPOSE)
    # The worker's work is done in the request here.
    page.locator("main form:has([name=purpose]) button.button").click(timeout=60_000)
    expect(page.locator("a[href*='/file/']")).to_be_visible(timeout=60_000)


def test_analyst_drafts_the_report_of_a_saved_view_with_one_press(
    open_page: Any, axe: Any, consultation: Consultation, tmp_path: Path
) -> None:
    analyst = member(Role.ANALYST)
    view = SavedView.objects.create(
        consultation=consultation,
        owner=analyst,
        name="Pasaportes",
        screen=AnalysisScreen.QUESTIONS,
        query="f=and(best%3Ais%3Apass)",
    )
    page = signed_in(open_page(viewport=DESK), analyst)
    page.goto(reverse("document_create", args=[consultation.pk]))
    axe(page, within=OURS)
    refuse_without_purpose(page, axe)

    ask_for(page, consultation, "report-docx", language="es", view=str(view.pk))

    axe(page, within=OURS)
    with page.expect_download() as download:
        page.locator("a[href*='/file/']").first.click()
    download.value.save_as(tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    job = ExportJob.objects.get()
    assert word.core_properties.title == "Consulta de prueba"
    assert all(shape._inline.docPr.get("descr") for shape in word.inline_shapes)
    assert "¿Cuál?: Pasaporte" in {cell.text for row in word.tables[0].rows for cell in row.cells}
    assert (job.purpose, job.filter) == (PURPOSE, "and(best:is:pass)")
    assert AuditEntry.objects.filter(verb="export.downloaded", target_id=str(job.pk)).count() == 1


def refuse_without_purpose(page: Page, axe: Any) -> None:
    page.evaluate("document.querySelector('[name=purpose]').form.noValidate = true")
    page.locator("main form:has([name=purpose]) button.button").click()
    expect(page.locator(".w-field--error")).to_have_count(1)
    axe(page, within=OURS)
    assert not ExportJob.objects.exists()


def test_figures_are_asked_for_without_scripts(open_page: Any, axe: Any, consultation: Consultation) -> None:
    page = signed_in(open_page(viewport=DESK, javascript=False), of_unit(consultation))

    ask_for(page, consultation, "figures-ods", language="en")

    axe(page, within="main")
    assert page.locator("main dl.facts").count() == 1


def test_unit_exports_its_own_figures_and_nothing_beyond(
    open_page: Any, axe: Any, consultation: Consultation
) -> None:
    analyst = member(Role.ANALYST)
    theirs = ExportJob.objects.create(
        consultation=consultation,
        language="es",
        content="responses",
        requested_by=analyst,
        status=JobStatus.DONE,
    )
    elsewhere: Consultation = ConsultationFactory(open=True, unit=UnitFactory(code="SSN"))
    unit = of_unit(consultation)
    long = "A view of the whole unit with a name that is as long as names may be " * 2
    SavedView.objects.create(
        consultation=consultation, owner=unit, name=long[:120], screen=AnalysisScreen.QUESTIONS
    )
    page = signed_in(open_page(viewport=PHONE), unit)

    ask_for(page, consultation, "report-pdf", language="es")
    axe(page, within=OURS)

    own = reverse("document_create", args=[consultation.pk])
    page.goto(own)
    axe(page, within=OURS)
    assert page.locator("main a[href*='/consultations/exports/']").count() == 1
    ends = page.locator("main select, main input[type=text]").evaluate_all(
        "fields => fields.map(field => field.getBoundingClientRect().right)"
    )
    assert max(ends) <= PHONE["width"]
    key = key_for(theirs, analyst)
    for address in (
        reverse("document_create", args=[elsewhere.pk]),
        reverse("export_detail", args=[theirs.pk]),
        f"{reverse('export_download', args=[theirs.pk])}?key={key}",
    ):
        assert answer_to(page, address) == 404, address
    # Single responses: nobody says that the page is there.
    page.goto(reverse("export_create", args=[consultation.pk]))
    assert page.locator("[name=format]").count() == 0
    assert not AuditEntry.objects.filter(verb="export.downloaded").exists()


def answer_to(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status

"""Staff bring a workbook, publish it, open it; a person answers; an analyst exports and reads the file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from consultations import demo
from consultations.enums import ConsultationStatus
from consultations.models import Consultation, Questionnaire, Response
from portal.models import AuditEntry
from portal.roles import Role
from tests.factories.consultations import ConsultationFactory

from . import survey
from .conftest import DESK, PHONE
from .staff import member, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

WORKBOOK = Path(demo.__file__).parent / "questionnaires" / "evaluacion_consular_corta.xlsx"
ANSWERS = {
    "country_of_service": "IT",
    "service_used": "dni",
    "overall_satisfaction": "4",
    "issue_resolved": "part",
    "recommend_score": "8",
    "improvement": "=Atender también los sábados",
}


@pytest.fixture(autouse=True)
def _tree(transactional_db: None) -> None:
    for name in ("limits", "default"):
        caches[name].clear()
    survey.plant_indexes()


def press(page: Page, form: str = "main form:has(button.button)") -> None:
    page.locator(f"{form} >> button.button").first.click()
    page.wait_for_load_state("networkidle")


def broken_workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (("type", "name", "label"), ("geopoint", "place", "¿Dónde?"), ("text", "age", "¿Edad?")):
        sheet.append(row)
    book.create_sheet("choices").append(("list_name", "name", "label"))
    book.save(path)
    return path


def test_from_workbook_to_a_file_with_the_answers(open_page: Any, axe: Any, tmp_path: Path) -> None:
    manager = signed_in(open_page(viewport=DESK), member(Role.CONSULTATION_MANAGER))
    questionnaire = bring_workbook(manager, axe, tmp_path)
    publish(manager, axe, questionnaire)
    consultation = open_consultation(manager, axe, questionnaire)

    answer(open_page(viewport=PHONE), consultation)

    analyst = signed_in(open_page(viewport=DESK), member(Role.ANALYST))
    book = export(analyst, axe, consultation)
    expect_cells(book)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {
        "questionnaire.imported",
        "questionnaire.published",
        "consultation.open",
    }


def bring_workbook(page: Page, axe: Any, folder: Path) -> Questionnaire:
    page.goto(reverse("questionnaire_import"))
    axe(page, within="main")
    page.locator("input[type=file]").set_input_files(broken_workbook(folder / "roto.xlsx"))
    press(page, "main form[enctype]")
    report = page.locator("main").inner_text()
    assert "survey" in report
    assert "geopoint" in report
    assert not Questionnaire.objects.exists()

    page.locator("input[type=file]").set_input_files(WORKBOOK)
    press(page, "main form[enctype]")
    return Questionnaire.objects.get()


def publish(page: Page, axe: Any, questionnaire: Questionnaire) -> None:
    page.goto(reverse("questionnaire_publish", args=[questionnaire.pk]))
    axe(page, within="main")
    press(page, "main form.staff-ways")
    assert questionnaire.versions.count() == 1


def open_consultation(page: Page, axe: Any, questionnaire: Questionnaire) -> Consultation:
    consultation: Consultation = ConsultationFactory(slug="atencion", questionnaire=questionnaire)
    page.goto(reverse("consultation_stages", args=[consultation.pk]))
    axe(page, within="main")
    press(page, "main form:has(input[name=status][value=open])")
    consultation.refresh_from_db()
    assert consultation.status == ConsultationStatus.OPEN
    return consultation


def answer(page: Page, consultation: Consultation) -> None:
    survey.start(page, slug=consultation.slug)
    while page.locator("button[name=page-go][value=next].btn").count():
        survey.answer_page(page, chosen=ANSWERS)
        survey.go_on(page)
    page.locator("input[name=page-agree-use]").check()
    page.locator("form:has(input[name=page-agree-use]) button.btn").click()
    expect(page.locator(".code").first).to_be_visible()
    assert Response.objects.submitted().count() == 1


def export(page: Page, axe: Any, consultation: Consultation) -> Any:
    page.goto(reverse("export_create", args=[consultation.pk]))
    axe(page, within="main")
    page.locator("select[name=language]").select_option("es")
    page.locator("[name=purpose]").fill("Informe de prueba")
    press(page)
    axe(page, within="main")
    with page.expect_download() as download:
        page.locator("a[href*='/file/']").first.click()
    address = download.value.url
    stranger = Client(headers={"accept-language": "en"})
    stranger.force_login(member(Role.ANALYST))
    found = stranger.get("/" + address.split("/", 3)[3], follow=True)
    assert found.status_code == 404
    return load_workbook(BytesIO(Path(download.value.path()).read_bytes()))


def expect_cells(book: Any) -> None:
    sheet = book.worksheets[0]
    header, row = ([cell.value for cell in line] for line in list(sheet.iter_rows())[:2])
    found = dict(zip(header, row, strict=True))
    assert found["country_of_service"] == "Italia"
    assert found["service_used"] == "DNI (documento nacional de identidad)"
    assert found["overall_satisfaction"] == "Satisfactorio"
    assert found["issue_resolved"] == "En parte"
    assert found["recommend_score"] == 8
    assert found["improvement"].endswith("Atender también los sábados")
    assert sheet.cell(2, header.index("improvement") + 1).data_type == "s", "never a formula"
    names = {cell.value for sheet in book.worksheets[1:] for line in sheet.iter_rows() for cell in line}
    assert set(ANSWERS) <= names, "the codebook names every question"

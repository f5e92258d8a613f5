"""Data on their way in and out: an earlier survey, open data, exports that recur, the weekly mail."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Locator, Page, expect

from consultations.analysis import snapshot
from consultations.digest import links
from consultations.enums import JobStatus, WaveStatus
from consultations.models import (
    Consultation,
    DigestRefusal,
    ExportJob,
    ExportSchedule,
    PublicFile,
    Response,
    WaveImport,
)
from consultations.schedules import running
from portal.roles import Role
from tests.consultations.analysis.screens.conftest import answer
from tests.factories.consultations import ConsultationFactory, VersionFactory

from .conftest import DESK, PHONE
from .staff import member, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

# The frame around it, with its messages, is Wagtail's.
OURS = "main .nice-padding"
SURVEY = "País natal;Idiomas;¿Conexión?;Puntos\n" + "".join(
    f"PE;spanish;{'nacido' if place % 3 else 'family'};{place % 11}\n" for place in range(40)
)


@pytest.fixture(autouse=True)
def _clean(transactional_db: None, tree: None) -> None:
    snapshot.forget()
    for name in ("limits", "default"):
        caches[name].clear()


@pytest.fixture
def consultation() -> Consultation:
    version = VersionFactory()
    found: Consultation = ConsultationFactory(
        open=True,
        questionnaire=version.questionnaire,
        languages=["es", "en"],
        slug="todo",
        title="Necesidades",
    )
    return answer(found, version)


def press(page: Page, verb: str) -> None:
    page.locator(f"form:has(input[value={verb}]) button").click()


def column(page: Page, name: str) -> Locator:
    return page.locator(".wave-columns tr").filter(has_text=name).locator("select")


def test_an_analyst_brings_in_an_earlier_survey_and_compares_it(
    open_page: Any, axe: Any, consultation: Consultation
) -> None:
    page = signed_in(open_page(viewport=DESK), member(Role.ANALYST))
    page.goto(reverse("wave_list", args=[consultation.pk]))
    page.locator("form:has([name=title]) button").click()
    expect(page.locator(".form-errors")).to_be_visible()
    page.locator(".form-errors a").nth(1).click()
    expect(page.locator("[name=title]")).to_be_focused()
    axe(page, within=OURS)

    page.locator("[name=title]").fill("Encuesta de 2024")
    page.locator("[name=source]").fill("Consulado, en papel")
    page.locator("[name=collected_on]").fill("2024-05-31")
    page.locator("[name=answers]").set_input_files(
        {"name": "ola.csv", "mimeType": "text/csv", "buffer": SURVEY.encode("latin-1")}
    )
    page.locator("form:has([name=title]) button").click()
    expect(page.locator(".wave-columns tbody tr")).to_have_count(4)
    axe(page, within=OURS)

    column(page, "¿Conexión?").select_option("connection")
    column(page, "Puntos").select_option("score")
    press(page, "name")
    expect(page.locator(".problems tbody tr")).to_have_count(1)
    axe(page, within=OURS)
    page.set_viewport_size(PHONE)
    axe(page, within=OURS)
    page.set_viewport_size(DESK)

    page.locator("select[name=w0]").select_option("born")
    press(page, "name")
    press(page, "take")
    axe(page, within=OURS)
    wave = WaveImport.objects.get()
    assert (wave.status, Response.objects.filter(consultation=wave.wave).count()) == (WaveStatus.STORED, 40)

    page.locator(".staff-ways a.button").first.click()
    expect(page.locator("section[aria-labelledby=waves-title]")).to_contain_text("Encuesta de 2024")
    expect(page.locator("section[aria-labelledby=waves-title] figure").first).to_be_visible()


def test_a_manager_publishes_open_data_and_anyone_fetches_them(
    open_page: Any, axe: Any, consultation: Consultation
) -> None:
    Consultation.objects.update(status="closed", closes_at=timezone.now() - timedelta(days=1))
    page = signed_in(open_page(viewport=DESK), member(Role.CONSULTATION_MANAGER))
    page.goto(reverse("open_data_list", args=[consultation.pk]))
    axe(page, within=OURS)
    page.locator("[name=k]").fill("3")
    page.locator("form:has([name=k]) button").click()
    expect(page.locator(".form-errors a[href='#id_k']")).to_be_visible()
    page.locator("[name=k]").fill("10")
    page.locator("form:has([name=k]) button").click()
    expect(page.locator("input[value=publish]")).to_be_attached()
    axe(page, within=OURS)
    page.set_viewport_size(PHONE)
    axe(page, within=OURS)
    press(page, "publish")
    expect(page.locator("input[value=withdraw]")).to_be_attached()
    axe(page, within=OURS)

    for options in ({"viewport": PHONE, "dark": True}, {"viewport": DESK, "javascript": False}):
        reader = open_page(**options)
        reader.goto("/es/datos-abiertos/")
        reader.get_by_role("link", name="Necesidades").click()
        if options.get("javascript", True):
            axe(reader)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert reader.evaluate(wide) == 0
        fetch_everything(reader)


def fetch_everything(page: Page) -> None:
    file = PublicFile.objects.get()
    with page.expect_download() as download:
        page.locator("a.btn[download]").click()
    assert download.value.suggested_filename == "todo-1.csv"
    data = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    with page.expect_download() as download:
        page.locator("a[download]:not(.btn)").click()
    words = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert len(data) == file.report["rows"]
    assert [word["column"] for word in words] == list(data[0])
    assert (
        page.locator("a[rel=license]").get_attribute("href") == "https://creativecommons.org/licenses/by/4.0/"
    )
    address = page.locator("link[type='application/ld+json']").get_attribute("href")
    linked = json.loads(page.request.get(str(address)).text())
    assert linked["dcat:distribution"][0]["spdx:checksum"]["spdx:checksumValue"]["@value"] == file.checksum


def test_a_schedule_runs_and_its_failure_is_told(
    open_page: Any, axe: Any, consultation: Consultation
) -> None:
    manager = member(Role.CONSULTATION_MANAGER)
    page = signed_in(open_page(viewport=DESK), manager)
    page.goto(reverse("export_schedules", args=[consultation.pk]))
    axe(page, within=OURS)
    page.locator("[name=at]").fill("07:30")
    page.locator("[name=timezone]").select_option("Europe/Madrid")
    page.locator("form:has([name=at]) button").click()
    page.locator(".form-errors a[href='#id_purpose']").click()
    expect(page.locator("[name=purpose]")).to_be_focused()
    axe(page, within=OURS)
    page.locator("[name=purpose]").fill("Informe semanal")
    page.locator("form:has([name=at]) button").click()
    expect(page.locator(".facts")).to_contain_text("07:30 (Europe/Madrid)")
    axe(page, within=OURS)

    run_now()
    assert ExportJob.objects.get().status == JobStatus.DONE
    [ready] = mail.outbox
    assert ready.to == [manager.email]
    page.reload()
    expect(page.locator("table.listing tbody tr")).to_have_count(1)
    page.goto(reverse("export_detail", args=[ExportJob.objects.get().pk]))
    with page.expect_download() as download:
        page.locator("main a[href*='key=']").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")

    ExportSchedule.objects.update(filter="nonsense ~ 1")
    run_now()
    assert mail.outbox[1].to == [manager.email]
    page.goto(reverse("export_schedule", args=[ExportSchedule.objects.get().pk]))
    expect(page.locator(".help-critical")).to_be_visible()
    page.set_viewport_size(PHONE)
    axe(page, within=OURS)
    press(page, "stop")
    expect(page.locator("input[value=stop]")).to_have_count(0)


def run_now() -> None:
    ExportSchedule.objects.update(next_run=timezone.now() - timedelta(minutes=1))
    running.run_due()


@pytest.mark.parametrize("language", ["es", "pt"])
def test_one_press_turns_the_weekly_mail_off_and_on(open_page: Any, axe: Any, language: str) -> None:
    person = member(Role.UNIT_STAFF)
    with translation.override(language):
        address = "/" + links.url_for(person).split("/", 3)[3]
    page = open_page(javascript=False)
    page.goto(address)
    assert not DigestRefusal.objects.exists()

    page.locator("main button").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    assert DigestRefusal.objects.get().user == person
    page.locator("main button").click()
    assert not DigestRefusal.objects.exists()

    looked_at = open_page()
    for path, status in ((address, 200), (f"{address[:-3]}x/", 404)):
        answered = looked_at.goto(path)
        assert answered.status == status
        axe(looked_at)

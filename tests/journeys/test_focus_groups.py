"""Find a focus group, answer the screening, sign up, confirm by mail, take the place, give it back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from communities.models import Country
from consultations.enums import RegistrationStatus as S
from consultations.models import FocusGroup, FocusGroupSession, Registration
from tests.factories.focus_groups import FocusGroupFactory, SessionFactory
from tests.journeys import survey

from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = {"es": "grupos-focales", "en": "focus-groups"}
PLACES = {"es": "mi-lugar", "en": "my-place"}
ADDRESS = "rosa@example.org"
# Of two sessions, one set in Rome and one in Madrid, each clock is shown once.
ROWS = {"Asia/Tokyo": 6, "Europe/Madrid": 5, "America/Lima": 4}


@pytest.fixture
def session(settings: Any, live_server: Any) -> FocusGroupSession:
    """A group for Italy with a screening questionnaire, and one elsewhere that does not fit."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    survey.plant_indexes()
    group = FocusGroupFactory(
        open=True,
        screened=True,
        slug="familias-milan",
        languages=["es", "en"],
        title_es="Familias en Milán",
        title_en="Families in Milan",
        consent_take_part_en="I want to take part.",
    )
    italy, _new = Country.objects.get_or_create(code="IT", defaults={"name": "Italia"})
    group.countries.add(italy)
    SessionFactory(starts_at=timezone.now() + timedelta(days=3), language="ja")
    found: FocusGroupSession = SessionFactory(group=group, capacity=1)
    return found


def registration() -> Registration:
    return Registration.objects.get(contact__email=ADDRESS)


def find(page: Page, language: str) -> None:
    page.goto(f"/{language}/{LISTS[language]}/")
    page.locator("select[name=country]").select_option("IT")
    page.locator("select[name=language]").select_option("es")
    page.locator("form.panel button").click()
    expect(page.locator(".sessions > li")).to_have_count(1)


def sign_up(page: Page, group: FocusGroup, axe: Any) -> None:
    page.locator(".sessions h3 a").click()
    axe(page)
    page.locator("article a.btn").first.click()
    page.locator("[name=gender][value=f]").check()
    page.locator("[name=city]").fill("Milán")
    page.locator("[name=name]").fill("Rosa del Ande")
    page.locator("[name=timezone]").select_option("Asia/Tokyo")
    page.locator("form#answers .actions button").click()

    expect(page.locator("[role=alert]")).to_be_visible()
    axe(page)
    targets = [link.get_attribute("href") for link in page.locator("[role=alert] a").all()]
    assert targets == ["#email", "#consent-take_part"]
    assert page.locator("[name=name]").input_value() == "Rosa del Ande"
    assert page.locator("[name=gender][value=f]").is_checked()

    page.locator("[name=email]").fill(ADDRESS)
    page.locator("[name=consent-take_part]").check()
    page.locator("form#answers .actions button").click()
    expect(page.locator("form#answers")).to_have_count(0)
    axe(page)


def open_mail(page: Page, language: str) -> str:
    body = str(mail.outbox[-1].body)
    found = re.search(rf"http://[^/\s]+/{language}/{PLACES[language]}/[^\s#]+", body)
    assert found, body
    page.goto(found.group())
    assert page.url.endswith(f"/{PLACES[language]}/"), "the address says nothing about the person"
    return body


def press(page: Page, name: str, status: S) -> None:
    page.locator(f"button[value={name}]").first.click()
    expect(page.locator(".notice[role=status]")).to_be_visible()
    assert registration().status == status


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
def test_from_the_list_to_a_place_and_back_on_a_phone(
    open_page: Any, axe: Any, session: FocusGroupSession, language: str, javascript: bool
) -> None:
    page = open_page(viewport=PHONE, javascript=javascript)
    find(page, language)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    sign_up(page, session.group, axe)
    assert registration().status == S.UNCONFIRMED
    assert registration().screening == {"gender": "f", "city": "Milán"}

    other_device = open_page(viewport=PHONE, javascript=javascript)
    open_mail(other_device, language)
    assert registration().status == S.UNCONFIRMED, "opening is not confirming"
    press(other_device, "confirm", S.OFFERED)
    axe(other_device)

    body = open_mail(other_device, language)
    assert "Tokio" in body or "Tokyo" in body
    press(other_device, "accept", S.CONFIRMED)
    axe(other_device)
    assert other_device.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    open_mail(other_device, language)
    press(other_device, "cancel", S.CANCELLED)
    axe(other_device)
    assert session.seats.get().registration is None
    assert len(mail.outbox) == 4


def test_changing_the_language_halfway_loses_nothing(open_page: Any, session: FocusGroupSession) -> None:
    page = open_page(viewport=PHONE, javascript=False)
    page.goto(f"/es/grupos-focales/{session.group.slug}/inscripcion/")
    page.locator("[name=name]").fill("Rosa del Ande")
    page.locator("[name=gender][value=m]").check()
    page.locator("[name=consent-quoting]").check()

    page.locator(".lang button[lang=en]").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("[name=name]").input_value() == "Rosa del Ande"
    assert page.locator("[name=gender][value=m]").is_checked()
    assert page.locator("[name=consent-quoting]").is_checked()
    expect(page.locator("[role=alert]")).to_have_count(0)


@pytest.mark.parametrize("zone", ROWS)
@pytest.mark.parametrize("language", ["es", "en"])
def test_first_visit_reads_the_same_hours_and_days_as_the_next(
    open_page: Any, session: FocusGroupSession, language: str, zone: str
) -> None:
    """At nine in the evening in Madrid it is the next day in Tokyo, and September is «setiembre» in Peru."""
    next_year = timezone.now().year + 1
    session.timezone = "Europe/Madrid"
    session.starts_at = datetime(next_year, 9, 9, 21, 0, tzinfo=session.zone)
    session.save()
    page = open_page(zone=zone)
    page.goto(f"/{language}/{LISTS[language]}/")
    rows = page.locator(".sessions .clocks dd")
    expect(rows.first).to_have_class("yours")
    first = rows.all_inner_texts()

    page.reload()

    assert rows.all_inner_texts() == first
    assert len(first) == ROWS[zone]

"""A person answers the real questionnaire: on a phone, in two languages, from two devices, unscripted."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from playwright.sync_api import Page, expect

from consultations.enums import ResponseStatus
from consultations.models import Response

from . import survey
from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

CHOSEN = {
    "connection_to_peru": "born_pe",
    "country_of_residence": "IT",
    "employment_status": "emp",
    "services_used": ["dni", "pass"],
    "priorities_five_years": None,
}


@pytest.fixture(autouse=True)
def _open_survey(transactional_db: None) -> None:
    caches["limits"].clear()
    caches["default"].clear()
    survey.open_survey()


def pages_left(page: Page) -> bool:
    return page.locator("button[name=page-go][value=next].btn").count() > 0


def send(page: Page) -> None:
    page.locator("input[name=page-agree-use]").check()
    survey.press(page, page.locator("form:has(input[name=page-agree-use]) button.btn"))


def answer_everything(page: Page, look: Any = None) -> None:
    while pages_left(page):
        survey.answer_page(page, chosen=CHOSEN)
        if look:
            look(page)
        survey.go_on(page)


def shown_code(page: Page) -> str:
    return page.locator(".code").first.inner_text().replace("\n", "").strip()


def test_the_whole_questionnaire_on_a_phone_in_spanish(open_page: Any, axe: Any) -> None:
    page = open_page(viewport=PHONE)
    survey.start(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    answer_everything(page, look=axe)
    axe(page)
    send(page)

    axe(page)
    response = Response.objects.get()
    assert (response.status, response.language) == (ResponseStatus.SUBMITTED, "es")
    assert response.answers["country_of_residence"] == "IT"
    assert response.answers["services_used"] == ["dni", "pass"]
    assert response.answers["year_of_arrival"] == 2009
    assert len(response.answers["channel_ranking"]) == 2
    assert response.answers["trust_consulate"]
    assert_paper_has_what_was_sent_alone(page)


def assert_paper_has_what_was_sent_alone(receipt: Page) -> None:
    """The code and what follows; nothing that wants to be pressed, nothing pale."""
    receipt.emulate_media(media="print")

    expect(receipt.locator(".hero .code")).to_be_visible()
    expect(receipt.locator(".timeline")).to_be_visible()
    expect(receipt.locator("main :is(form, button, .timeline ~ ul):visible")).to_have_count(0)
    expect(receipt.locator(".hero .eyebrow")).to_have_css("color", "rgb(0, 0, 0)")


def test_english_then_italian_then_another_device_with_the_code(open_page: Any) -> None:
    first = open_page(viewport=PHONE, zone="America/New_York")
    survey.start(first, "en")
    survey.answer_page(first, chosen=CHOSEN)
    survey.go_on(first)
    first.locator(".lang button[lang=it], .lang a[lang=it], .lang [value=it]").first.click()
    expect(first.locator("html")).to_have_attribute("lang", "it")
    code = shown_code(first)
    survey.answer_page(first, chosen=CHOSEN)
    survey.press(first, first.locator("button.btn[name=page-go][value=leave]"))

    second = open_page(viewport=DESK, zone="Europe/Rome")
    second.goto(f"/it/{survey.INDEXES['it']}/{survey.SLUG}/")
    second.locator("input[autocapitalize=characters]").first.fill(code.lower().replace("-", " "))
    survey.press(second, second.locator("form:has(input[autocapitalize=characters]) button").first)
    while pages_left(second):
        survey.go_on(second)
    assert "2009" in second.locator("main").inner_text()
    change = second.locator("dl.answers a").first
    survey.press(second, change)
    second.locator("input[name=connection_to_peru][value=born_ab]").check()
    survey.go_on(second)
    while pages_left(second):
        survey.go_on(second)
    send(second)

    response = Response.objects.get()
    assert (response.status, response.language) == (ResponseStatus.SUBMITTED, "it")
    assert response.answers["connection_to_peru"] == "born_ab"
    assert "year_of_arrival" not in response.answers, "asked only of those born in Peru"


def test_the_same_without_scripts(open_page: Any, axe: Any) -> None:
    page = open_page(viewport=PHONE, javascript=False)
    survey.start(page)
    seen = 0
    while pages_left(page):
        seen += 1
        assert seen < 30, page.url
        if seen % 2:
            axe(page)
        survey.answer_page(page, chosen=CHOSEN)
        survey.go_on(page)
    axe(page)
    send(page)
    axe(page)

    response = Response.objects.get()
    assert response.status == ResponseStatus.SUBMITTED
    assert response.answers["ethnic_identity"], "asked after the consent was given on the same page"
    assert len(response.answers["channel_ranking"]) == 2

"""The scripts of a page of questions, used with the keyboard alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import caches
from playwright.sync_api import Locator, Page, expect

from consultations.instrument.definition import Choice, ChoiceList, Definition, QuestionKind, Section
from consultations.models import Response
from tests.factories.consultations import ConsultationFactory, VersionFactory
from tests.factories.definitions import listed, question, text

from . import survey
from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

LOOK_AWAY = """() => {
  Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def page(transactional_db: None, open_page: Any) -> Page:
    for alias in ("limits", "default"):
        caches[alias].clear()
    survey.open_survey()
    page: Page = open_page(viewport=PHONE)
    survey.start(page)
    # The native list has the same role: the scripts are there once it has become a field to write in.
    expect(field_of_country(page)).to_be_visible()
    return page


def country(page: Page) -> Locator:
    return page.locator("[data-question=country_of_residence]")


def field_of_country(page: Page) -> Locator:
    return country(page).locator("input[role=combobox]")


def test_a_country_is_found_by_writing_and_chosen_with_the_arrows(page: Page) -> None:
    field = field_of_country(page)
    field.focus()

    page.keyboard.type("ital")
    expect(country(page).locator("li[role=option]")).to_have_text(["Italia"])
    page.keyboard.press("ArrowDown")
    expect(country(page).locator("li[aria-selected=true]")).to_have_text("Italia")
    page.keyboard.press("Enter")

    expect(field).to_have_value("Italia")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(country(page).locator("select")).to_have_value("IT")
    assert page.url.endswith("/1/"), "Enter chose; it did not send the page"


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_what_was_half_written_is_taken_for_what_was_meant(page: Page, key: str) -> None:
    field_of_country(page).focus()

    page.keyboard.type("itali")
    page.keyboard.press(key)

    expect(country(page).locator("select")).to_have_value("IT")


def test_what_is_no_country_is_not_kept(page: Page) -> None:
    field = field_of_country(page)
    field.focus()

    page.keyboard.type("xyzzy")
    expect(country(page).get_by_role("status")).not_to_be_empty()
    page.keyboard.press("Escape")

    expect(field).to_have_value("")
    expect(country(page).locator("select")).to_have_value("")


def test_an_order_is_made_with_the_keyboard_and_focus_stays_on_what_moved(page: Page) -> None:
    while not page.locator("[data-kind=ranking]").count():
        survey.answer_page(page, chosen={"country_of_residence": "IT", "connection_to_peru": "born_pe"})
        survey.go_on(page)
    box = page.locator("[data-kind=ranking]").first
    mine = box.locator(".rank").first.locator("li")

    for _place in range(2):
        box.locator("[data-way=in]:visible").first.focus()
        page.keyboard.press("Enter")
    first, second = (item.get_attribute("data-choice") for item in mine.all())
    mine.last.locator("[data-way=up]").focus()
    page.keyboard.press("Space")

    assert [item.get_attribute("data-choice") for item in mine.all()] == [second, first]
    assert page.evaluate("document.activeElement.closest('li').dataset.choice") == second
    assert [field.input_value() for field in mine.locator("input").all()] == [second, first]


def test_looking_away_saves_what_is_on_the_page(page: Page) -> None:
    page.locator("input[name=connection_to_peru]").first.check()
    with page.expect_response(lambda response: response.status == 204) as saved:
        page.evaluate(LOOK_AWAY)

    assert saved.value.headers["x-page-base"]
    assert Response.objects.get().answers["connection_to_peru"] == "born_pe"
    expect(page.locator("input[name=page-base]")).to_have_value(saved.value.headers["x-page-base"])


@pytest.fixture
def filtered(transactional_db: None, open_page: Any) -> Page:
    """Before a page with a group, and a long list of the places of that group."""
    for alias in ("limits", "default"):
        caches[alias].clear()
    survey.plant_indexes()
    places = [Choice(f"p{n:02}", text(f"Lugar {n:02}"), attributes={"of": "ab"[n % 2]}) for n in range(40)]
    questions = (
        question("words", QuestionKind.LONG_TEXT, max_length=20),
        question("group", QuestionKind.SINGLE_CHOICE, choice_list="abc"),
        question("place", QuestionKind.SINGLE_CHOICE, choice_list="places", choice_filter="of = ${group}"),
    )
    definition = Definition(
        name="filtered",
        title=text("Lugares"),
        languages=("es",),
        sections=(Section("only", questions, label=text("Todo")),),
        choice_lists=(listed("abc", "a", "b", "c"), ChoiceList("places", tuple(places))),
    )
    consultation = ConsultationFactory(open=True, slug="lugares")
    VersionFactory(questionnaire=consultation.questionnaire, definition=definition)
    page: Page = open_page(viewport=PHONE)
    survey.start(page, slug="lugares")
    return page


def test_a_list_that_another_answer_fills_comes_and_goes_with_its_options(filtered: Page) -> None:
    box = filtered.locator("[data-question=place]")
    field = box.locator("input[role=combobox]")
    expect(box).to_be_hidden()

    filtered.check("input[name=group][value=a]")
    field.fill("Lugar 02")
    field.press("Enter")
    expect(box.locator("select")).to_have_value("p02")

    filtered.check("input[name=group][value=b]")
    expect(field).to_have_value("")
    expect(box.locator("select")).to_have_value("")
    filtered.check("input[name=group][value=c]")
    expect(box).to_be_hidden()


def test_what_is_counted_in_the_browser_is_what_the_server_counts(filtered: Page) -> None:
    status = filtered.locator("#q-words-limit")

    filtered.fill("textarea[name=words]", "e\u0301" * 19 + "😀 \n")
    expect(status).to_have_text(re.compile(r"\b0\b"))
    survey.go_on(filtered)

    assert Response.objects.get().answers == {"words": "é" * 19 + "😀"}

"""The real questionnaire in the browser: find every question and answer it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page
from wagtail.models import Locale
from wagtail.models import Page as SitePage

from consultations.demo.surveys import load_consultations
from consultations.models import Consultation, ConsultationIndexPage
from portal.models import HomePage
from portal.planting import plant
from tests.factories.portal import UserFactory

INDEXES = {"es": "consultas", "en": "consultations", "it": "consultazioni"}
SLUG = "necesidades-2026"
# The native list stands behind a search box when scripts run; a person's choice ends up in it either way.
CHOOSE = """(field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("change", {bubbles: true}));
}"""


def open_survey() -> Consultation:
    """The demonstration's consultation of 32 questions, open, with its address in three languages."""
    plant_indexes()
    load_consultations(UserFactory(superuser=True))
    return Consultation.objects.get(slug=SLUG)


def plant_indexes() -> None:
    """The front pages, and the list of consultations in three languages."""
    _root()
    plant()
    for language, slug in INDEXES.items():
        home = HomePage.objects.get(locale=Locale.objects.get(language_code=language))
        home.add_child(instance=ConsultationIndexPage(title=slug.title(), slug=slug, locale=home.locale))


def _root() -> None:
    """Journeys empty the database behind them, the root of the pages included."""
    if not SitePage.objects.exists():
        locale, _new = Locale.objects.get_or_create(language_code="es")
        SitePage.add_root(title="Root", slug="root", locale=locale)


def start(page: Page, language: str = "es", slug: str = SLUG) -> None:
    page.goto(f"/{language}/{INDEXES[language]}/{slug}/")
    form = page.locator("form[action$='/empezar/'], form[action*='start'], main form:has(button.btn)").first
    press(page, form.locator("button.btn").first)


def press(page: Page, button: Locator) -> None:
    """Press and wait for the page that follows: what is counted next stands on that one."""
    with page.expect_navigation():
        button.click()


def go_on(page: Page) -> None:
    press(page, page.locator("button[name=page-go][value=next].btn"))


def answer_page(page: Page, *, chosen: dict[str, Any]) -> None:
    """Answer what is asked, from top to bottom; what appears on the way is answered as well."""
    done: set[str] = set()
    while True:
        left = [name for name in _visible_names(page) if name not in done]
        if not left:
            return
        box = page.locator(f"[data-question='{left[0]}']")
        KINDS.get(box.get_attribute("data-kind") or "", _nothing)(box, chosen.get(left[0]))
        done.add(left[0])


def _visible_names(page: Page) -> list[str]:
    boxes = page.locator("[data-question]:visible").all()
    return [box.get_attribute("data-question") or "" for box in boxes]


def _nothing(box: Locator, wanted: Any) -> None: ...


def _one(box: Locator, wanted: Any) -> None:
    select = box.locator("select")
    if select.count():
        select.evaluate(CHOOSE, wanted or select.locator("option").nth(1).get_attribute("value"))
        return
    radios = box.locator("label:visible input[type=radio]")
    (box.locator(f"input[value='{wanted}']") if wanted else radios.first).check()


def _several(box: Locator, wanted: Any) -> None:
    boxes = box.locator("label:visible input[type=checkbox]:not([data-exclusive])")
    for field in [box.locator(f"input[value='{name}']") for name in wanted or ()] or [boxes.first]:
        field.check()


def _matrix(box: Locator, wanted: Any) -> None:
    for row in box.locator("tbody tr").all():
        row.locator("input[type=radio]").nth(1).check()


def _ranking(box: Locator, wanted: Any) -> None:
    for _place in range(2):
        box.locator("[data-way=in]:visible, button[value$=':in']:visible").first.click()


def _text(box: Locator, wanted: Any) -> None:
    box.locator("input:visible, textarea:visible").first.fill(str(wanted or "Texto de prueba"))


KINDS = {
    "single_choice": _one,
    "country": _one,
    "consular_office": _one,
    "multiple_choice": _several,
    "matrix": _matrix,
    "scale": _one,
    "ranking": _ranking,
    "integer": lambda box, wanted: _text(box, wanted or 2009),
    "short_text": _text,
    "long_text": _text,
    "acknowledge": lambda box, wanted: box.locator("input[type=checkbox]").check(),
}

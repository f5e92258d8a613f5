"""An analyst and somebody of a unit read the same answers, each as far as they may."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.urls import reverse
from playwright.sync_api import Page, expect

from consultations.analysis import snapshot
from consultations.models import Consultation, ReferenceFigure, SavedView
from portal.roles import Role
from tests.consultations.analysis.screens.conftest import SECRET, answer
from tests.factories.consultations import ConsultationFactory, VersionFactory

from .conftest import DESK, PHONE
from .staff import member, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

# The frame around it, with its messages, is Wagtail's.
OURS = "main .nice-padding"
SCREENS = ("analysis_overview", "analysis_questions", "analysis_crosstab", "analysis_sample")


@pytest.fixture(autouse=True)
def _clean(transactional_db: None) -> None:
    snapshot.forget()
    for name in ("limits", "default"):
        caches[name].clear()


@pytest.fixture
def consultation() -> Consultation:
    version = VersionFactory()
    found: Consultation = ConsultationFactory(
        open=True, questionnaire=version.questionnaire, languages=["es", "en"]
    )
    for category, share in (("born", 50), ("family", 40), ("other", 10)):
        ReferenceFigure.objects.create(
            variable="connection", category=category, share=share, definition="Everybody", source="A census"
        )
    return found


def at(screen: str, consultation: Consultation) -> str:
    return reverse(screen, args=[consultation.pk])


def test_analyst_waits_filters_saves_crosses_and_weights(
    open_page: Any, axe: Any, consultation: Consultation
) -> None:
    page = signed_in(open_page(viewport=DESK), member(Role.ANALYST))
    wait_for_answers(page, axe, consultation)
    filter_by_birth(page, axe)
    save_view(page, axe, consultation)
    cross(page, axe, consultation)
    weight(page, axe, consultation)
    download(page, consultation)


def wait_for_answers(page: Page, axe: Any, consultation: Consultation) -> None:
    page.goto(at("analysis_overview", consultation))
    expect(page.locator("[data-analysis-ready]")).to_be_visible()
    axe(page, within=OURS)

    answer(consultation, consultation.current_version)

    # The page looks again by itself, and may have come upon the first of them.
    expect(page.locator(".analysis-state")).to_be_visible(timeout=15_000)
    page.goto(at("analysis_overview", consultation))
    expect(page.locator(".analysis-state__people")).to_contain_text("60")
    open_details(page)
    axe(page, within=OURS)


def filter_by_birth(page: Page, axe: Any) -> None:
    page.locator("#filter-search").fill("CONNÉCTION")
    expect(page.locator("#filter-field")).to_have_value("connection")
    page.locator("form[data-condition] button").click()
    axe(page, within=OURS)
    page.locator("form.condition button[type=submit]").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    page.locator("input[value=born]").check()
    page.locator("form.condition button[type=submit]").click()
    expect(page.locator(".analysis-state__people")).to_contain_text("40")
    axe(page, within=OURS)


def save_view(page: Page, axe: Any, consultation: Consultation) -> None:
    page.locator(".analysis-views summary").click()
    page.locator(".analysis-views a[href*='views/?screen']").click()
    axe(page, within=OURS)
    page.locator("[name=name]").fill("Nacidos en el Perú")
    page.locator("form.condition button[type=submit]").click()
    expect(page.locator(".analysis-state__people")).to_contain_text("40")
    page.goto(at("analysis_overview", consultation))
    expect(page.locator(".analysis-state__people")).to_contain_text("60")
    page.goto(reverse("analysis_view_open", args=[consultation.pk, SavedView.objects.get().pk]))
    expect(page.locator(".analysis-state__people")).to_contain_text("40")


def cross(page: Page, axe: Any, consultation: Consultation) -> None:
    page.goto(at("analysis_crosstab", consultation))
    page.locator("#cross-rows").select_option("connection")
    page.locator("#cross-columns").select_option("rating_wait")
    page.locator("form.crossing button").click()
    expect(page.locator("table.crosstab tbody tr")).to_have_count(3)
    axe(page, within=OURS)


def weight(page: Page, axe: Any, consultation: Consultation) -> None:
    page.goto(at("analysis_sample", consultation))
    axe(page, within=OURS)
    page.locator("a[href$='weightings/new/']").click()
    page.locator("[name=name]").fill("Por vínculo")
    page.locator("button[name=try]").click()
    expect(page.locator(".weighting-report")).to_be_visible()
    axe(page, within=OURS)
    page.locator("button[name=keep]").click()
    expect(page.locator(".weighting-report")).to_be_visible()
    axe(page, within=OURS)


def download(page: Page, consultation: Consultation) -> None:
    page.goto(at("analysis_questions", consultation))
    with page.expect_download() as found:
        page.locator("#connection a[href*='.png']").click()
    assert found.value.suggested_filename.endswith("connection.png")


def open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")


@pytest.mark.parametrize("dark", [False, True])
def test_unit_sees_figures_alone_on_a_phone_too(
    open_page: Any, axe: Any, consultation: Consultation, dark: bool
) -> None:
    answer(consultation, consultation.current_version)
    user = member(Role.UNIT_STAFF)
    user.unit = consultation.unit
    user.save()
    page = signed_in(open_page(viewport=PHONE, dark=dark), user)

    for screen in SCREENS:
        page.goto(f"{at(screen, consultation)}?rows=connection&columns=rating_wait&section=services")
        open_details(page)
        axe(page, within=OURS)
        assert SECRET not in page.content()
        assert page.locator("main a[href*='/responses/']").count() == 0
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), screen
    page.goto(f"{at('analysis_overview', consultation)}?f=and(connection:is:returned)")
    expect(page.locator("main [role=alert]")).to_be_visible()
    axe(page, within=OURS)


def test_filter_is_made_without_scripts(open_page: Any, axe: Any, consultation: Consultation) -> None:
    answer(consultation, consultation.current_version)
    """The admin's own side bar needs scripts to make room on a telephone: hence a desk."""
    page = signed_in(open_page(viewport=DESK, javascript=False), member(Role.ANALYST))

    page.goto(at("analysis_questions", consultation))
    page.locator("#filter-field").select_option("connection")
    page.locator("form[data-condition] button").click()
    page.locator("input[value=family]").check()
    axe(page, within="main")
    page.locator("form.condition button[type=submit]").click()

    expect(page.locator(".analysis-state__people")).to_contain_text("17")
    axe(page, within="main")

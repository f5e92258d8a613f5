"""Staff draw a balanced group, change it, send offers; on the day a phone and the notes do the rest."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import offers
from consultations.models import Draw, Excerpt, FocusGroup, FocusGroupSession, GuideTopic, Quota, TopicNote
from portal.roles import Role
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

from . import survey
from .conftest import DESK, PHONE
from .staff import member, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _tree(transactional_db: None) -> None:
    for name in ("limits", "default"):
        caches[name].clear()
    survey.plant_indexes()


@pytest.fixture
def session() -> FocusGroupSession:
    """Three places, at least one for a woman, and eight who hope for one."""
    group = FocusGroupFactory(open=True, drawn=True, screened=True)
    Quota.objects.create(group=group, question="gender", options=["f"], minimum=1, maximum=2)
    for number, title in enumerate(("Bienvenida", "Servicios")):
        GuideTopic.objects.create(group=group, title=title, minutes=20, sort_order=number)
    made: FocusGroupSession = SessionFactory(group=group, capacity=3)
    for number in range(8):
        answers = {"gender": "fm"[number % 2]}
        RegistrationFactory(group=group, received=True, position=number + 1, screening=answers)
    FocusGroup.objects.filter(pk=group.pk).update(last_position=8)
    return made


def test_from_the_draw_to_the_notes(open_page: Any, axe: Any, session: FocusGroupSession) -> None:
    desk = signed_in(open_page(viewport=DESK), member(Role.CONSULTATION_MANAGER))
    # With the draw come two hundred more, for the chances; here they do not wait for a worker.
    desk.set_default_timeout(90_000)
    look_at_the_group(desk, axe, session.group)
    draw(desk, axe, session.group)
    change_by_hand(desk, session.group)
    send_offers(desk, axe, session.group)

    facilitator = member(Role.FACILITATOR)
    the_day_comes(session, facilitator)
    phone = signed_in(open_page(viewport=PHONE, javascript=False), facilitator)
    take_attendance(phone, session)
    check_the_door(signed_in(open_page(viewport=PHONE), facilitator), axe, session)
    write_notes(signed_in(open_page(viewport=DESK), facilitator), axe, session)


def look_at_the_group(page: Page, axe: Any, group: FocusGroup) -> None:
    page.goto(reverse("wagtailsnippets_consultations_focusgroup:list"))
    page.locator(f"main a[href$='{reverse('focus_group_overview', args=[group.pk])}']").first.click()
    axe(page, within="main")
    page.goto(reverse("focus_group_registrations", args=[group.pk]))
    expect(page.locator("main tbody tr")).to_have_count(8)


def draw(page: Page, axe: Any, group: FocusGroup) -> None:
    page.goto(reverse("focus_group_draws", args=[group.pk]))
    axe(page, within="main")
    page.locator("button[value=seed]").click()
    expect(page.locator("code.seed")).to_be_visible()
    page.locator("button[value=draw]").click()
    page.wait_for_url(re.compile(r"/draws/\d+/$"))
    axe(page, within="main")
    expect(page.locator("main section").first.locator("table").last.locator("tbody tr")).to_have_count(3)
    page.locator("button[value=verify]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def change_by_hand(page: Page, group: FocusGroup) -> None:
    form = page.locator("form:has(select[name=taken_out])")
    form.locator("select[name=taken_out]").select_option(index=1)
    form.locator("button").click()
    expect(page.locator("form:has(select[name=taken_out]) .error-message").first).to_be_visible()

    form.locator("select[name=put_in]").select_option(index=1)
    form.locator("textarea[name=reason]").fill("Dos personas se conocen")
    form.locator("button").click()
    expect(page.locator("main")).to_contain_text("Dos personas se conocen")
    assert Draw.objects.get().overrides.get().put_in


def send_offers(page: Page, axe: Any, group: FocusGroup) -> None:
    page.locator("button[value=send]").click()
    expect(page.locator(".messages .success")).to_be_visible()
    expect(page.locator("button[value=send]")).to_have_count(0)
    assert group.registrations.filter(status=S.OFFERED).count() == 3
    registration = group.registrations.filter(status=S.OFFERED).first()
    assert registration
    page.goto(reverse("registration_detail", args=[group.pk, registration.pk]))
    axe(page, within="main")


def the_day_comes(session: FocusGroupSession, facilitator: Any) -> None:
    for registration in session.group.registrations.filter(status=S.OFFERED):
        offers.accept(registration=registration)
    session.refresh_from_db()
    session.starts_at, session.facilitator = timezone.now() - timedelta(minutes=5), facilitator
    session.save()


def take_attendance(page: Page, session: FocusGroupSession) -> None:
    """On a phone, without JavaScript: one by code, one by hand, one who does not come."""
    first, second, third = session.group.registrations.filter(seat__session=session).order_by("seat__number")
    page.goto(reverse("session_door", args=[session.pk]))
    page.locator("input[name=code]").fill("ZZZ ZZZ")
    page.locator(".door__code button").click()
    expect(page.locator("input[name=code]")).to_have_value("ZZZ ZZZ")
    page.locator("input[name=code]").fill(first.door_code)
    page.locator(".door__code button").click()
    page.locator("#seat-2 button[value=here]").click()
    page.locator("#seat-3 button[value=here]").click()
    page.locator("#seat-3 button[value=undo]").click()
    page.locator("#seat-3 button[value=absent]").click()
    found = [item.__class__.objects.get(pk=item.pk).status for item in (first, second, third)]
    assert found == [S.ATTENDED, S.ATTENDED, S.ABSENT]


def check_the_door(page: Page, axe: Any, session: FocusGroupSession) -> None:
    page.goto(reverse("session_door", args=[session.pk]))
    axe(page, within="main")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def write_notes(page: Page, axe: Any, session: FocusGroupSession) -> None:
    page.goto(reverse("session_notes", args=[session.pk]))
    page.locator("[name=summary]").fill("Se presentaron.")
    page.locator("[name='said-0-text']").fill("Llegué con una maleta.")
    page.locator("main form button").first.click()
    expect(page.locator(".messages .success")).to_be_visible()
    axe(page, within="main")
    assert (TopicNote.objects.get().summary, Excerpt.objects.get().text) == (
        "Se presentaron.",
        "Llegué con una maleta.",
    )
    page.goto(reverse("session_detail", args=[session.pk]))
    axe(page, within="main")
    page.goto(reverse("session_step", args=[session.pk, "held"]))
    page.locator("main form button").click()
    session.refresh_from_db()
    assert session.status == "held"

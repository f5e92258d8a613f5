"""Views by name: one's own, those of one's unit, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation, SavedView
from portal.models import AuditEntry, User
from tests.consultations.staff import signed_in, staff_of
from tests.factories.portal import UnitFactory

pytestmark = pytest.mark.django_db

QUERY = "f=and%28connection%3Ais%3Aborn%29&section=services"


def save(client: Client, consultation: Consultation, **given: Any) -> Any:
    data = {"name": "Born in Peru", "screen": "questions", "query": QUERY} | given
    return client.post(reverse("analysis_views", args=[consultation.pk]), data)


def way(name: str, view: SavedView) -> str:
    return reverse(name, args=[view.consultation_id, view.pk])


@pytest.fixture
def colleague(consultation: Consultation) -> User:
    return staff_of(consultation.unit, "view_consultation")


def test_saved_view_leads_to_its_screen_with_its_filter(answered: Consultation, as_analyst: Client) -> None:
    response = save(as_analyst, answered)

    view = SavedView.objects.get()
    address = f"{reverse('analysis_questions', args=[answered.pk])}?{QUERY}"
    assert response.url == address
    assert as_analyst.get(way("analysis_view_open", view)).url == address
    assert AuditEntry.objects.filter(verb="view.saved").count() == 1


def test_sent_twice_counts_once(answered: Consultation, as_unit: Client) -> None:
    save(as_unit, answered)
    save(as_unit, answered)

    assert SavedView.objects.count() == 1


def test_another_view_needs_another_name(answered: Consultation, as_unit: Client) -> None:
    save(as_unit, answered)
    page = save(as_unit, answered, query="lang=en")

    assert page.status_code == 200
    assert page.context["form"].errors["name"]
    assert page.context["query"] == "lang=en", "what was entered is not lost"


@pytest.mark.parametrize("given", [{"name": ""}, {"name": "x" * 200}, {"screen": "elsewhere"}])
def test_what_cannot_be_saved_is_not(answered: Consultation, as_unit: Client, given: dict[str, str]) -> None:
    assert save(as_unit, answered, **given).status_code == 200
    assert not SavedView.objects.exists()


def test_private_view_does_not_exist_for_others(
    answered: Consultation, as_unit: Client, colleague: User
) -> None:
    save(as_unit, answered)
    view = SavedView.objects.get()
    other = signed_in(colleague)

    assert other.get(way("analysis_view_open", view)).status_code == 404
    assert other.get(way("analysis_view_edit", view)).status_code == 404
    assert other.post(way("analysis_view_edit", view), {"delete": "1"}).status_code == 404
    assert "Born in Peru" not in other.get(reverse("analysis_overview", args=[answered.pk])).content.decode()


def test_shared_view_is_seen_by_the_unit_and_changed_by_its_owner(
    answered: Consultation, as_unit: Client, colleague: User
) -> None:
    save(as_unit, answered, shared="on")
    view = SavedView.objects.get()
    other = signed_in(colleague)

    assert view.unit == answered.unit
    assert other.get(way("analysis_view_open", view)).status_code == 302
    assert other.post(way("analysis_view_edit", view), {"name": "Mine"}).status_code == 404
    as_unit.post(way("analysis_view_edit", view), {"name": "By birth"})
    view.refresh_from_db()
    assert (view.name, view.unit) == ("By birth", None)
    assert other.get(way("analysis_view_open", view)).status_code == 404


def test_unit_that_does_not_see_the_consultation_does_not_see_its_views(
    answered: Consultation, as_unit: Client
) -> None:
    save(as_unit, answered, shared="on")
    stranger = signed_in(staff_of(UnitFactory(code="PCN"), "view_consultation"))

    assert stranger.get(way("analysis_view_open", SavedView.objects.get())).status_code == 404


def test_owner_deletes_a_view(answered: Consultation, as_unit: Client) -> None:
    save(as_unit, answered)

    as_unit.post(way("analysis_view_edit", SavedView.objects.get()), {"delete": "1"})

    assert not SavedView.objects.exists()
    assert AuditEntry.objects.filter(verb="view.deleted").count() == 1


def test_link_of_an_opened_view_cannot_lead_elsewhere(answered: Consultation, as_unit: Client) -> None:
    response = save(as_unit, answered, query="//example.org/?x=1")

    assert response.url.startswith(reverse("analysis_questions", args=[answered.pk]) + "?")

"""A consultation in the admin: its moments are those of its own clock, its stage is nobody's draft."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from consultations import lifecycle
from consultations.enums import ConsultationStatus
from consultations.models import Consultation
from tests.consultations.staff import PageForm, administrator, signed_in
from tests.factories.consultations import ConsultationFactory
from tests.factories.portal import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

VIEWS = "wagtailsnippets_consultations_consultation"


@pytest.fixture
def author() -> Client:
    return administrator()


def edit_url(consultation: Consultation) -> str:
    return reverse(f"{VIEWS}:edit", args=[consultation.pk])


def form_of(client: Client, url: str, **changes: str | list[str]) -> dict[str, str | list[str]]:
    return PageForm(client.get(url).content.decode()).data | changes


def test_moments_are_typed_and_shown_in_the_consultations_own_zone(author: Client) -> None:
    consultation = ConsultationFactory(timezone="Asia/Tokyo")
    url = edit_url(consultation)

    author.post(url, form_of(author, url, closes_at="2027-05-01 09:00", **{"action-publish": "1"}))

    consultation.refresh_from_db()
    assert consultation.closes_at == datetime(2027, 5, 1, 0, 0, tzinfo=UTC)
    assert form_of(author, url)["closes_at"] == "2027-05-01 09:00"


def test_changing_the_zone_keeps_the_hour_that_was_typed(author: Client) -> None:
    consultation = ConsultationFactory(timezone="America/Lima")
    url = edit_url(consultation)

    author.post(
        url,
        form_of(author, url, timezone="Europe/Rome", closes_at="2027-05-01 09:00", **{"action-publish": "1"}),
    )

    consultation.refresh_from_db()
    assert consultation.closes_at == datetime(2027, 5, 1, 7, 0, tzinfo=UTC)


def test_closing_before_opening_is_refused(author: Client) -> None:
    url = edit_url(ConsultationFactory())

    response = author.post(
        url, form_of(author, url, opens_at="2027-05-02 09:00", closes_at="2027-05-01 09:00")
    )

    assert response.status_code == 200
    assert response.context["form"].errors["closes_at"]


def test_new_consultation_needs_little_to_be_a_draft(author: Client) -> None:
    url = reverse(f"{VIEWS}:add")
    unit = UnitFactory(code="PIM")

    author.post(url, form_of(author, url, title_es="Consulta nueva", unit=str(unit.pk)))

    consultation = Consultation.objects.get()
    assert (consultation.slug, consultation.live, consultation.status) == ("consulta-nueva", False, "draft")
    assert consultation.languages == ["es"]


def test_a_new_consultation_is_of_the_unit_of_its_author_unless_they_say_otherwise() -> None:
    unit = UnitFactory(code="PIM")
    client = signed_in(UserFactory(superuser=True, unit=unit))

    form = client.get(reverse(f"{VIEWS}:add")).context["form"]

    assert (form["unit"].value(), form["languages"].value()) == (unit.pk, ["es"])


def test_a_draft_without_any_language_is_refused(author: Client) -> None:
    url = edit_url(ConsultationFactory())

    response = author.post(url, form_of(author, url, languages=[]))

    assert response.context["form"].errors["languages"]


def test_publishing_an_old_draft_brings_back_neither_stage_nor_dates() -> None:
    soon = timezone.now() + timedelta(days=9)
    consultation = ConsultationFactory(
        answerable=True, status=ConsultationStatus.DRAFT, opens_at=soon, closes_at=None
    )
    consultation.title_es = "Un título mejor"
    revision = consultation.save_revision(clean=False)
    lifecycle.open_now(consultation=Consultation.objects.get(), by=None)

    Revision.objects.get(pk=revision.pk).publish(skip_permission_checks=True)

    stored = Consultation.objects.get()
    assert stored.title_es == "Un título mejor"
    assert stored.status == ConsultationStatus.OPEN
    assert stored.opens_at is not None
    assert stored.opens_at < soon


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    author: Client, number: int, django_assert_num_queries: object
) -> None:
    for _ in range(number):
        ConsultationFactory(open=True).save_revision()
    author.get(reverse(f"{VIEWS}:list"))

    with django_assert_num_queries(9):  # type: ignore[operator]  # a fixture
        author.get(reverse(f"{VIEWS}:list"))

"""Places in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from communities.models import ConsularDistrict, ConsularOffice
from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_communities_consularoffice:list"
EDIT = "wagtailsnippets_communities_consularoffice:edit"
COUNTRIES = "wagtailsnippets_communities_country:list"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def test_list_finds_without_accents_by_city_and_region(staff: Client) -> None:
    ConsularDistrictFactory(office__in_milan=True, region="Lombardía")
    ConsularOfficeFactory(name_es="Consulado en Berlín", country__code="DE")

    for query in ("milan", "LOMBARDIA", "italy"):
        html = staff.get(reverse(LIST), {"q": query}).content.decode()
        assert "Consulado General del Perú en Milán" in html
        assert "Consulado en Berlín" not in html


def test_list_filters_by_what_was_checked(staff: Client) -> None:
    ConsularOfficeFactory(in_milan=True)
    ConsularOfficeFactory(name_es="Consulado en Berlín", country__code="DE", suspended=True)

    html = staff.get(reverse(LIST), {"is_verified": "false", "status": "suspended"}).content.decode()

    assert "Consulado en Berlín" in html
    assert "en Milán" not in html


def test_countries_are_found_by_any_of_their_names(staff: Client) -> None:
    html = staff.get(reverse(COUNTRIES), {"q": "germany"}).content.decode()

    assert "Alemania" in html or "Germany" in html
    assert "Zambia" not in html


def form_of(district: ConsularDistrict, **changes: str) -> dict[str, str]:
    """What the browser sends for an office with one part of a district, and an empty second one."""
    office = district.office
    return {
        **{f"name_{code}": office.name_es for code in ("es", "en", "it", "pt", "quy")},
        **{f"city_{code}": "Milán" for code in ("es", "en", "it", "pt", "quy")},
        "slug": office.slug,
        "kind": office.kind,
        "status": office.status,
        "country": "IT",
        "timezone": "Europe/Rome",
        "districts-TOTAL_FORMS": "2",
        "districts-INITIAL_FORMS": "1",
        "districts-MIN_NUM_FORMS": "0",
        "districts-MAX_NUM_FORMS": "1000",
        "districts-0-id": str(district.pk),
        "districts-0-country": "IT",
        "districts-0-region": district.region,
        "districts-1-country": "IT",
        "districts-1-region": "Veneto",
        **changes,
    }


def test_office_is_edited_with_its_districts_in_one_form(staff: Client) -> None:
    district = ConsularDistrictFactory(office__in_milan=True, region="Lombardia")
    form = form_of(district, status="suspended", **{"districts-0-region": "Lombardía"})

    response = staff.post(reverse(EDIT, args=[district.office.pk]), form)

    assert response.status_code == 302, response.content.decode()
    office = ConsularOffice.objects.get()
    assert office.status == "suspended"
    assert sorted(part.region for part in office.districts.all()) == ["Lombardía", "Veneto"]
    assert office.imported == {}


@pytest.mark.parametrize("missing", ["name_es", "city_es"])
def test_spanish_name_is_compulsory_and_the_others_are_not(staff: Client, missing: str) -> None:
    district = ConsularDistrictFactory(office__in_milan=True)
    address = reverse(EDIT, args=[district.office.pk])

    refused = staff.post(address, form_of(district, **{missing: ""}))
    taken = staff.post(address, form_of(district, **{missing.replace("es", "quy"): ""}))

    assert (refused.status_code, taken.status_code) == (200, 302)


def test_list_takes_the_same_queries_for_one_and_for_three(
    staff: Client,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]  # a fixture without a public type
) -> None:
    ConsularOfficeFactory(country__code="IT")
    staff.get(reverse(LIST))
    with django_assert_max_num_queries(40) as one:
        staff.get(reverse(LIST))
    ConsularOfficeFactory(country__code="DE")
    ConsularOfficeFactory(country__code="FR")

    with django_assert_max_num_queries(40) as three:
        staff.get(reverse(LIST))

    assert len(three) == len(one)

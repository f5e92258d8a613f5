"""Which office serves a person who lives somewhere."""

from datetime import date

import pytest

from communities.places.resolution import office_for, offices_by_country, regions_of
from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory, CountryFactory

pytestmark = pytest.mark.django_db


def test_region_decides_with_or_without_accents() -> None:
    milan = ConsularDistrictFactory(office__in_milan=True, region="Lombardía").office
    ConsularDistrictFactory(region="Lazio")

    assert office_for(country="it", region="LOMBARDIA ") == milan


def test_unknown_region_falls_back_on_the_office_of_the_whole_country() -> None:
    brussels = ConsularDistrictFactory(whole_country=True, office__country__code="BE").office
    ConsularOfficeFactory(country__code="BE")

    assert office_for(country="BE", region="Flandes") == brussels


def test_office_may_serve_a_country_from_another() -> None:
    luxembourg = CountryFactory(code="LU")
    brussels = ConsularDistrictFactory(
        whole_country=True, office__country__code="BE", country=luxembourg
    ).office

    assert office_for(country="LU") == brussels


def test_only_office_of_a_country_serves_it() -> None:
    asuncion = ConsularOfficeFactory(country__code="PY")
    ConsularOfficeFactory(country__code="PY", closed=True)

    assert office_for(country="PY", region="Itapúa") == asuncion


def test_nobody_can_say_between_two_offices() -> None:
    ConsularOfficeFactory.create_batch(2, country__code="ES")

    assert office_for(country="ES") is None
    assert office_for(country="AQ") is None


@pytest.mark.parametrize("trait", ["suspended", "honorary"])
def test_open_career_office_comes_before(trait: str) -> None:
    ConsularDistrictFactory(office=ConsularOfficeFactory(**{trait: True}), region="Umbria")
    career = ConsularDistrictFactory(region="Umbria").office

    assert office_for(country="IT", region="Umbria") == career


def test_suspended_office_still_serves_its_district() -> None:
    caracas = ConsularOfficeFactory(country__code="VE", suspended=True)

    assert office_for(country="VE") == caracas


def test_district_counts_on_its_days_alone() -> None:
    genoa = ConsularDistrictFactory(region="Veneto", valid_to=date(2024, 10, 1)).office
    milan = ConsularDistrictFactory(region="Veneto", valid_from=date(2024, 10, 1)).office

    assert office_for(country="IT", region="Veneto", on=date(2024, 9, 30)) == genoa
    assert office_for(country="IT", region="Veneto", on=date(2024, 10, 1)) == milan
    assert regions_of("IT") == ["Veneto"]


def test_regions_to_choose_from_are_those_of_offices_that_exist() -> None:
    ConsularDistrictFactory(region="Umbría")
    ConsularDistrictFactory(region="Lazio", office__closed=True)
    ConsularDistrictFactory(region="Ática", office__country__code="GR")

    assert regions_of("IT") == ["Umbría"]


def test_offices_by_country_take_the_same_queries_for_one_and_for_three(
    django_assert_num_queries,  # type: ignore[no-untyped-def]  # a fixture without a public type
) -> None:
    ConsularDistrictFactory(region="Lazio")
    with django_assert_num_queries(2):
        assert {code: len(found) for code, found in offices_by_country().items()} == {"IT": 1}
    ConsularDistrictFactory(region="Umbria")
    ConsularDistrictFactory(region="Ática", office__country__code="GR")

    with django_assert_num_queries(2):
        assert {code: len(found) for code, found in offices_by_country().items()} == {"IT": 2, "GR": 1}

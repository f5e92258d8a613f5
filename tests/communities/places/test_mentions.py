"""People write where they live in their own words."""

import pytest

from communities.places.mentions import mentions
from communities.places.resolution import office_for
from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["Milano", "vivo en MILAN (Italia)", "Milán, Lombardía", "milan"])
def test_office_of_the_city_in_whichever_language(written: str) -> None:
    milan = ConsularOfficeFactory(in_milan=True)
    ConsularOfficeFactory(city_es="Roma")

    assert office_for(country="IT", region=written) == milan


def test_region_counts_more_than_city() -> None:
    """Someone from Bergamo names the region; the city's own office may be elsewhere."""
    rome = ConsularDistrictFactory(office__city_es="Roma", region="Lazio").office
    ConsularOfficeFactory(city_es="Latina")

    assert office_for(country="IT", region="Latina, Lazio") == rome


def test_longest_region_wins() -> None:
    washington = ConsularDistrictFactory(office__country__code="US", region="West Virginia").office
    ConsularDistrictFactory(office__country__code="US", region="Virginia")

    assert office_for(country="US", region="Charleston, West Virginia") == washington


def test_two_cities_in_one_answer_decide_nothing() -> None:
    ConsularOfficeFactory(country__code="BO", city_es="La Paz")
    ConsularOfficeFactory(country__code="BO", city_es="El Alto")

    assert office_for(country="BO", region="La Paz y El Alto") is None


def test_part_of_a_word_is_no_mention() -> None:
    assert mentions("Romagna", "Roma") is False
    assert mentions("anything", "") is False

"""What must never be false of an office or a district."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from communities.models import ConsularOffice
from tests.factories.communities import ConsularDistrictFactory, ConsularOfficeFactory

pytestmark = pytest.mark.django_db


def test_dates_that_end_before_they_begin_are_refused_in_words() -> None:
    office = ConsularOfficeFactory.build(valid_from=date(2024, 1, 1), valid_to=date(2023, 1, 1))

    with pytest.raises(ValidationError, match="It ends before it begins"):
        office.clean()


def test_half_a_place_on_the_map_is_refused_by_the_form_and_the_database() -> None:
    with pytest.raises(ValidationError, match="filled together"):
        ConsularOfficeFactory.build(latitude=45).clean()
    with pytest.raises(IntegrityError):
        ConsularOfficeFactory(latitude=45)


def test_undated_part_of_a_district_stands_once() -> None:
    district = ConsularDistrictFactory(region="Lazio")

    with pytest.raises(IntegrityError):
        ConsularDistrictFactory(office=district.office, region="Lazio")


def test_current_offices_are_those_that_exist_on_the_day() -> None:
    ConsularOfficeFactory(slug="always")
    ConsularOfficeFactory(slug="suspended", suspended=True)
    ConsularOfficeFactory(slug="closed", closed=True)
    ConsularOfficeFactory(slug="new", valid_from=date(2024, 1, 1))
    ConsularOfficeFactory(slug="old", valid_to=date(2024, 1, 1))

    def on(day: date) -> set[str]:
        return set(ConsularOffice.objects.current(day).values_list("slug", flat=True))

    assert on(date(2023, 12, 31)) == {"always", "suspended", "old"}
    assert on(date(2024, 1, 1)) == {"always", "suspended", "new"}

"""A closing hour around the change to and from summer time: one moment, or a refusal; never a guess."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from consultations.planning.periods import ZonedDateTimeField, zone_choices


def field_in(zone: str) -> ZonedDateTimeField:
    field = ZonedDateTimeField()
    field.zone = ZoneInfo(zone)
    return field


@pytest.mark.parametrize(
    ("zone", "typed", "moment"),
    [
        ("Europe/Madrid", "2027-03-27 23:59", datetime(2027, 3, 27, 22, 59, tzinfo=UTC)),
        ("Europe/Madrid", "2027-03-28 23:59", datetime(2027, 3, 28, 21, 59, tzinfo=UTC)),
        ("Europe/Madrid", "2027-10-30 23:59", datetime(2027, 10, 30, 21, 59, tzinfo=UTC)),
        ("Europe/Madrid", "2027-10-31 23:59", datetime(2027, 10, 31, 22, 59, tzinfo=UTC)),
        ("America/Lima", "2027-03-28 02:30", datetime(2027, 3, 28, 7, 30, tzinfo=UTC)),
    ],
)
def test_the_hour_is_that_of_the_day_it_falls_on(zone: str, typed: str, moment: datetime) -> None:
    field = field_in(zone)

    cleaned = field.clean(typed)

    assert cleaned == moment
    assert field.prepare_value(cleaned).strftime("%Y-%m-%d %H:%M") == typed


@pytest.mark.parametrize("typed", ["2027-03-28 02:30", "2027-10-31 02:30"])
def test_an_hour_that_does_not_exist_or_comes_twice_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        field_in("Europe/Madrid").clean(typed)


def test_a_consultation_may_keep_the_time_of_no_place() -> None:
    assert ("UTC", "UTC") in zone_choices()

"""Hours as they are typed: those that a changing clock skips or shows twice are refused, with the reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from consultations.focus_groups.wall_clock import instant

ZONES = [
    "America/Lima",
    "Europe/Madrid",
    "America/New_York",
    "Asia/Tokyo",
    "America/Santiago",
    "Australia/Lord_Howe",
]


def test_hour_is_that_of_the_zone() -> None:
    assert instant(date(2026, 12, 5), time(18), ZoneInfo("Asia/Tokyo")) == datetime(
        2026, 12, 5, 9, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("day", "zone", "code"),
    [
        (date(2026, 3, 29), "Europe/Madrid", "skipped"),
        (date(2026, 10, 25), "Europe/Madrid", "twice"),
        (date(2027, 3, 14), "America/New_York", "skipped"),
    ],
)
def test_hour_of_the_change_is_refused(day: date, zone: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        instant(day, time(2, 30), ZoneInfo(zone))

    assert caught.value.code == code
    assert zone in caught.value.messages[0]


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    st.sampled_from(ZONES),
)
def test_what_was_typed_is_what_the_clock_shows(moment: datetime, name: str) -> None:
    """For every hour: either it is refused, or the instant shows it again, and no other instant does."""
    zone = ZoneInfo(name)
    shown = [
        candidate
        for offset in range(-15 * 60, 15 * 60 + 1, 30)
        if (candidate := (moment - timedelta(minutes=offset)).replace(tzinfo=UTC))
        .astimezone(zone)
        .replace(tzinfo=None)
        == moment
    ]
    try:
        found = instant(moment.date(), moment.time(), zone)
    except ValidationError:
        assert len(shown) != 1
    else:
        assert [found] == shown

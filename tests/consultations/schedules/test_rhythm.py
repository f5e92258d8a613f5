"""When something that recurs comes next, over any moment and across changes of the clocks."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.schedules.rhythm import Frequency, Rhythm, next_after

ZONES = ("America/Lima", "Europe/Madrid", "America/New_York", "Asia/Tokyo", "Pacific/Apia")
rhythms = st.builds(
    Rhythm,
    st.sampled_from(Frequency),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES).map(ZoneInfo),
    st.integers(0, 6),
    st.integers(1, 31),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
# The first draw reads a zone from disk, which takes a busy machine a second.
unhurried = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
LONGEST = {Frequency.DAILY: 2, Frequency.WEEKLY: 8, Frequency.MONTHLY: 62}


@unhurried
@given(rhythms, moments)
def test_it_comes_next_on_its_day_and_hour(rhythm: Rhythm, moment: datetime) -> None:
    found = next_after(rhythm, moment)

    local = found.astimezone(rhythm.zone)
    assert moment < found <= moment + timedelta(days=LONGEST[rhythm.every])
    if rhythm.every is Frequency.WEEKLY:
        assert local.weekday() == rhythm.weekday
    if rhythm.every is Frequency.MONTHLY:
        assert local.day == min(rhythm.day, calendar.monthrange(local.year, local.month)[1])
    # Only where the hour is skipped by the clocks is it another one.
    exists = datetime.combine(local.date(), rhythm.at, rhythm.zone).astimezone(UTC).astimezone(rhythm.zone)
    assert local.time() == rhythm.at or exists.time() != rhythm.at


@unhurried
@given(rhythms, moments)
def test_nothing_comes_between(rhythm: Rhythm, moment: datetime) -> None:
    found = next_after(rhythm, moment)

    assert next_after(rhythm, found - timedelta(seconds=1)) == found
    assert next_after(rhythm, found) > found


@pytest.mark.parametrize(
    ("rhythm", "after", "expected"),
    [
        # Clocks in Madrid go forward at 2:00 on 29 March 2026, and back at 3:00 on 25 October.
        (
            Rhythm(Frequency.DAILY, time(2, 30), ZoneInfo("Europe/Madrid")),
            "2026-03-28T12:00",
            "2026-03-29T01:30",
        ),
        (
            Rhythm(Frequency.DAILY, time(2, 30), ZoneInfo("Europe/Madrid")),
            "2026-10-24T12:00",
            "2026-10-25T00:30",
        ),
        (
            Rhythm(Frequency.WEEKLY, time(8), ZoneInfo("America/Lima"), 0),
            "2026-11-23T13:00",
            "2026-11-30T13:00",
        ),
        (
            Rhythm(Frequency.MONTHLY, time(8), ZoneInfo("America/Lima"), 0, 31),
            "2026-01-31T14:00",
            "2026-02-28T13:00",
        ),
    ],
)
def test_known_days(rhythm: Rhythm, after: str, expected: str) -> None:
    found = next_after(rhythm, datetime.fromisoformat(after).replace(tzinfo=UTC))

    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)

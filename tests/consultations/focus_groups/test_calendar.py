"""Calendar files, read by another library than the one that writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil import tz
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import stages
from consultations.focus_groups.calendar import CalendarFile, Method, calendar_file
from consultations.focus_groups.joining import link_for
from consultations.focus_groups.vtimezone import vtimezone
from consultations.models import FocusGroup
from tests.factories.focus_groups import RegistrationFactory, SessionFactory

ZONES = ("America/Lima", "Europe/Madrid", "America/New_York", "Asia/Tokyo")
STRANGE = ("America/Santiago", "Africa/Casablanca", "Europe/Dublin", "Australia/Lord_Howe", "America/Havana")
# In the days around both changes of the clocks in 2027, in Europe and in the United States.
DAYS = ((3, 13), (3, 14), (3, 15), (3, 27), (3, 28), (3, 29), (10, 30), (10, 31), (11, 6), (11, 7))
MOMENTS = [
    datetime(2027, month, day, hour, tzinfo=UTC) for month, day in DAYS for hour in (0, 1, 2, 5, 6, 7, 12, 23)
]
numbers = count(1)


def read(content: bytes) -> Any:
    """By vobject, which takes the zone from the definition in the file: it knows no zone of that name."""
    names, text = f"X-{next(numbers)}-", content.decode()
    for zone in ZONES:
        for sign in "=:":
            text = text.replace(f"TZID{sign}{zone}", f"TZID{sign}{names}{zone}")
    return vobject.readOne(text)


def seated(session: Any, **changes: Any) -> Any:
    return RegistrationFactory(group=session.group, seated_in=session, **changes)


def event_of(file: CalendarFile) -> Any:
    return read(file.content).vevent


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ZONES)
def test_foreign_reader_finds_the_right_instant_across_both_changes_of_the_clocks(zone: str) -> None:
    session = SessionFactory(timezone=zone)
    registration = seated(session)
    found = []
    for moment in MOMENTS:
        session.starts_at = moment
        event = event_of(calendar_file(registration, session))
        found.append([event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC)])

    assert found == [[moment, moment + timedelta(minutes=90)] for moment in MOMENTS]


@given(
    zone=st.sampled_from((*ZONES, *STRANGE)),
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
        lambda day: day.replace(microsecond=0)
    ),
)
@settings(max_examples=150, deadline=None)
def test_zone_in_the_file_is_the_zone(zone: str, moment: datetime) -> None:
    told = tz.tzical(StringIO(vtimezone(zone, moment.year).to_ical().decode())).get(zone)
    local = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    is_clear = local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset()

    assert not is_clear or local.replace(tzinfo=told).utcoffset() == local.utcoffset()


@pytest.mark.django_db
def test_session_is_written_in_its_zone_and_told_in_both() -> None:
    session = SessionFactory(timezone="Asia/Tokyo", starts_at=datetime(2027, 3, 27, 23, 30, tzinfo=UTC))
    registration = seated(session, language="en", contact__timezone="Europe/Madrid")

    event = event_of(calendar_file(registration, session))

    lines = event.description.value.splitlines()
    assert event.dtstart.value.isoformat() == "2027-03-28T08:30:00+09:00"
    assert lines[:2] == [
        "Sunday 28 March 2027, 00:30 (Madrid)",
        "Sunday 28 March 2027, 08:30 (Tokyo)",
    ]
    assert event.summary.value == "Focus group: Familias en Milán"


@pytest.mark.django_db
def test_title_is_in_the_language_of_the_person() -> None:
    session = SessionFactory()
    FocusGroup.objects.filter(pk=session.group.pk).update(title_it="Famiglie a Milano")
    session.refresh_from_db()

    assert (
        "Famiglie a Milano" in event_of(calendar_file(seated(session, language="it"), session)).summary.value
    )


@pytest.mark.django_db
def test_file_holds_nothing_that_tells_whose_it_is() -> None:
    session = SessionFactory()
    registration = seated(session, contact__name="Rosa Quispe", contact__email="rosa@example.org")

    text = calendar_file(registration, session).content.decode()

    assert registration.contact.name == "Rosa Quispe"
    assert [
        word
        for word in ("Rosa", "Quispe", "rosa@", registration.pk.hex, str(registration.pk))
        if word in text
    ] == []


@pytest.mark.django_db
def test_moved_session_keeps_its_uid_and_counts_on() -> None:
    session = SessionFactory()
    registration = seated(session)
    before = event_of(calendar_file(registration, session))

    later = {"starts_at": session.starts_at + timedelta(days=1)}
    stages.reschedule(session=session, changes=later, by=None)
    after = event_of(calendar_file(registration, session))

    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert after.dtstart.value - before.dtstart.value == timedelta(days=1)


@pytest.mark.django_db
def test_cancelled_session_is_cancelled_in_the_calendar_too() -> None:
    session = SessionFactory()
    registration = seated(session)
    before = calendar_file(registration, session)

    stages.cancel_session(session=session, by=None)
    registration.refresh_from_db()
    after = calendar_file(registration, session)

    assert (before.method, after.method) == (Method.PUBLISH, Method.CANCEL)
    assert read(after.content).method.value == "CANCEL"
    assert event_of(after).status.value == "CANCELLED"
    assert event_of(after).uid.value == event_of(before).uid.value
    assert int(event_of(after).sequence.value) > int(event_of(before).sequence.value)


@pytest.mark.django_db
def test_place_that_is_offered_is_tentative_and_has_no_address_yet() -> None:
    session = SessionFactory(address="Via Roma 1")
    registration = seated(session, status=S.OFFERED)
    offered = event_of(calendar_file(registration, session))
    registration.status = S.CONFIRMED
    confirmed = event_of(calendar_file(registration, session))

    assert (offered.status.value, offered.location.value) == ("TENTATIVE", "Milán")
    assert (confirmed.status.value, confirmed.location.value) == ("CONFIRMED", "Milán, Via Roma 1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "status", "due"),
    [(23, S.CONFIRMED, True), (25, S.CONFIRMED, False), (23, S.OFFERED, False), (23, S.CANCELLED, False)],
)
def test_joining_link_comes_with_its_hour_and_for_confirmed_people_alone(
    hours: int, status: str, due: bool
) -> None:
    session = SessionFactory(online=True, starts_at=timezone.now() + timedelta(hours=hours))
    registration = seated(session, status=status)

    text = calendar_file(registration, session).content.decode().replace("\r\n ", "")

    assert link_for(registration, session) == (session.link if due else "")
    assert (session.link in text) is due


@pytest.mark.django_db
def test_file_can_be_attached_and_downloaded() -> None:
    session = SessionFactory(starts_at=datetime(2027, 3, 27, 23, 30, tzinfo=UTC))
    file = calendar_file(seated(session), session)

    assert file.name == f"{session.group.slug}-2027-03-28.ics"
    assert file.content_type == "text/calendar; charset=utf-8; method=PUBLISH"
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))
    assert file.content.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.django_db
def test_language_without_a_translation_of_ours_has_its_name() -> None:
    session = SessionFactory(language="ja")

    assert (
        "Language of the conversation: Japanese"
        in event_of(calendar_file(seated(session, language="en"), session)).description.value.splitlines()
    )

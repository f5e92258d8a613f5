"""Reminders: to confirmed people, each once, and only while they still make sense."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations.enums import Modality, OfferStatus, SessionStatus
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import reminders, stages, thanks
from consultations.models import FocusGroup, FocusGroupSession, Registration, SeatOffer, SentNotice
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

DAY, WEEK = 24 * 60, 7 * 24 * 60


def coming_in(minutes: int, **changes: Any) -> FocusGroupSession:
    session: FocusGroupSession = SessionFactory(
        starts_at=timezone.now() + timedelta(minutes=minutes) - timedelta(seconds=5), capacity=3, **changes
    )
    return session


def confirmed(session: FocusGroupSession, *, days_ago: float = 30) -> Registration:
    registration: Registration = RegistrationFactory(group=session.group, seated_in=session)
    accepted = timezone.now() - timedelta(days=days_ago)
    SeatOffer.objects.create(
        registration=registration,
        session=session,
        status=OfferStatus.ACCEPTED,
        expires_at=accepted,
        answered_at=accepted,
    )
    return registration


def sent(queued: Any) -> list[tuple[str, str]]:
    """What a run of the job queues, and what is noted once those mails went out."""
    with queued() as tasks:
        reminders.send_due()
    for key, _kind, once in tasks:
        SentNotice.objects.get_or_create(registration_id=key, key=once)
    return [(kind, once.split(":", 2)[2]) for _key, kind, once in tasks]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (WEEK + 10, []),
        (WEEK, [("reminder", f"{WEEK}:0")]),
        (DAY, [("reminder", f"{DAY}:0")]),
        (120, [("reminder", "120:0")]),
        # Long after its moment, a reminder says nothing new.
        (WEEK - 2 * DAY, []),
        (60, []),
    ],
)
def test_reminders_come_a_week_a_day_and_two_hours_before(queued: Any, minutes: int, expected: Any) -> None:
    confirmed(coming_in(minutes))

    assert sent(queued) == expected


def test_running_again_sends_nothing_again(queued: Any) -> None:
    confirmed(coming_in(DAY))

    assert [len(sent(queued)), len(sent(queued))] == [1, 0]


def test_only_confirmed_people_are_reminded(queued: Any) -> None:
    session = coming_in(DAY)
    for status in (S.OFFERED, S.CANCELLED):
        RegistrationFactory(group=session.group, seated_in=session, status=status)
    RegistrationFactory(group=session.group)

    assert sent(queued) == []


def test_late_confirmation_gets_only_what_still_makes_sense(queued: Any) -> None:
    session = coming_in(DAY - 60)
    confirmed(session, days_ago=0.01)
    early = confirmed(session)

    assert sent(queued) == [("reminder", f"{DAY}:0")]
    assert SentNotice.objects.get().registration == early


def test_group_has_reminders_of_its_own(queued: Any) -> None:
    confirmed(coming_in(180, group=FocusGroupFactory(open=True, reminders=[180])))
    confirmed(coming_in(DAY, group=FocusGroupFactory(open=True, reminders=[])))

    assert sent(queued) == [("reminder", "180:0")]


def test_joining_link_comes_in_the_last_ones(queued: Any) -> None:
    confirmed(coming_in(WEEK, online=True, link_hours=24))
    confirmed(coming_in(DAY, online=True, link_hours=24))
    confirmed(coming_in(120, online=True, link_hours=24))

    assert sorted(sent(queued)) == [("link", "120:0"), ("link", f"{DAY}:0"), ("reminder", f"{WEEK}:0")]


def test_link_comes_when_it_is_due_between_two_reminders(queued: Any) -> None:
    confirmed(coming_in(48 * 60, online=True, link_hours=48))

    assert sent(queued) == [("link", "2880:0")]


def test_late_confirmation_gets_the_link_at_once(queued: Any) -> None:
    confirmed(coming_in(600, online=True, link_hours=24), days_ago=0.01)

    assert sent(queued) == [("link", f"{DAY}:0")]


def test_moved_session_reminds_anew(queued: Any) -> None:
    session = coming_in(DAY)
    confirmed(session)
    before = sent(queued)

    stages.reschedule(session=session, changes={"starts_at": session.starts_at + timedelta(days=6)}, by=None)
    after = sent(queued)

    assert (before, after) == ([("reminder", f"{DAY}:0")], [("reminder", f"{WEEK}:1")])


def test_who_was_just_told_of_the_change_is_not_reminded_of_it(queued: Any) -> None:
    session = coming_in(DAY - 60)
    registration = confirmed(session)
    SentNotice.objects.create(registration=registration, key=f"changed:{session.pk}:0")

    assert sent(queued) == []


def test_cancelled_and_past_sessions_remind_nobody(queued: Any) -> None:
    session = coming_in(DAY)
    confirmed(session)
    FocusGroupSession.objects.update(status=SessionStatus.CANCELLED)
    late = coming_in(-10)
    confirmed(late)

    assert sent(queued) == []


@pytest.mark.parametrize("groups", [1, 3])
def test_queries_do_not_grow_with_the_people(
    queued: Any, groups: int, django_assert_max_num_queries: Any
) -> None:
    session = coming_in(DAY)
    for _person in range(groups):
        confirmed(session)

    with django_assert_max_num_queries(2):
        reminders.send_due()


@given(
    minutes=st.lists(st.integers(1, 60 * DAY), unique=True, max_size=5),
    hours=st.integers(1, 80),
    online=st.booleans(),
    left=st.integers(1, 61 * DAY),
)
def test_what_is_due_is_the_newest_whose_moment_has_come(
    minutes: list[int], hours: int, online: bool, left: int
) -> None:
    now = timezone.now()
    session = FocusGroupSession(
        group=FocusGroup(reminders=minutes),
        starts_at=now + timedelta(minutes=left),
        timezone="America/Lima",
        link_hours=hours,
        link="https://meet.example.org/room" if online else "",
        modality=Modality.ONLINE if online else Modality.IN_PERSON,
    )

    due = reminders.due(session, now)
    past = [item for item in (*minutes, *([hours * 60] if online else [])) if item >= left]

    assert due is None or due.minutes == min(past)
    assert due is not None or not past or min(past) not in range(left, left + 1)
    assert due is None or (due.kind == "link") == (online and due.minutes <= hours * 60)


def test_thanks_go_to_those_who_came_a_day_later_and_once(queued: Any) -> None:
    session = SessionFactory(status=SessionStatus.HELD, starts_at=timezone.now() - timedelta(days=2))
    came = RegistrationFactory(group=session.group, seated_in=session, status=S.ATTENDED)
    RegistrationFactory(group=session.group, seated_in=session, status=S.ABSENT)
    yesterday = SessionFactory(status=SessionStatus.HELD, starts_at=timezone.now() - timedelta(hours=4))
    RegistrationFactory(group=yesterday.group, seated_in=yesterday, status=S.ATTENDED)

    with queued() as tasks:
        thanks.send_due()
    SentNotice.objects.get_or_create(registration=came, key=f"thanks:{session.pk}")
    with queued() as again:
        thanks.send_due()

    assert tasks == [(str(came.pk), "thanks", f"thanks:{session.pk}")]
    assert again == []

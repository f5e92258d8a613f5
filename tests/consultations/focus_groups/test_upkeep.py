"""What the portal does by its own clock: closing, giving up, offering on. Once, however often it is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Schedule

from consultations import tasks
from consultations.enums import GroupStatus
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import offers, upkeep
from consultations.models import FocusGroup, SeatOffer
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


def statuses(*registrations: Any) -> list[str]:
    for registration in registrations:
        registration.refresh_from_db()
    return [registration.status for registration in registrations]


def test_call_closes_at_its_date_and_the_queue_goes_on() -> None:
    group = FocusGroupFactory(open=True, closes_at=timezone.now() - timedelta(minutes=1))
    waiting = RegistrationFactory(group=group)
    SessionFactory(group=group)

    tasks.keep_focus_groups()
    tasks.keep_focus_groups()

    assert FocusGroup.objects.get(pk=group.pk).status == GroupStatus.CLOSED
    assert statuses(waiting) == [S.OFFERED]


def test_overdue_place_passes_on() -> None:
    session = SessionFactory(capacity=1)
    first, second, third = (RegistrationFactory(group=session.group, position=n) for n in (1, 2, 3))
    offers.promote(session.group.pk)
    SeatOffer.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    tasks.keep_focus_groups()
    tasks.keep_focus_groups()

    assert statuses(first, second, third) == [S.EXPIRED, S.OFFERED, S.WAITING]


def test_place_whose_promotion_was_missed_is_offered() -> None:
    session = SessionFactory(capacity=1)
    waiting = RegistrationFactory(group=session.group)

    assert (upkeep.promote_everywhere(), upkeep.promote_everywhere()) == (1, 0)
    assert statuses(waiting) == [S.OFFERED]


def test_groups_where_nothing_can_be_done_are_left_alone(django_assert_num_queries: Any) -> None:
    full = SessionFactory(capacity=1)
    RegistrationFactory(group=full.group, seated_in=full)
    RegistrationFactory(group=full.group)
    SessionFactory()
    over = SessionFactory(group=FocusGroupFactory(status=GroupStatus.ENDED))
    RegistrationFactory(group=over.group)

    with django_assert_num_queries(1):
        assert upkeep.promote_everywhere() == 0


def test_one_step_that_fails_stops_no_other(caplog: Any) -> None:
    session = SessionFactory(capacity=1)
    first, second = (RegistrationFactory(group=session.group, position=n) for n in (1, 2))
    offers.promote(session.group.pk)
    # An offer whose person is in a state from which nothing expires: something that must not happen.
    SeatOffer.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    type(first).objects.filter(pk=first.pk).update(status=S.ATTENDED)
    other = SessionFactory()
    waiting = RegistrationFactory(group=other.group)

    upkeep.keep_up()

    assert statuses(waiting, second) == [S.OFFERED, S.WAITING]


def test_jobs_are_on_the_clock() -> None:
    call_command("setup_schedules", verbosity=0)

    ours = Schedule.objects.filter(name__contains="focus_group").order_by("name")
    assert [(job.func.rpartition(".")[2], job.schedule_type) for job in ours] == [
        ("keep_focus_group_promises", Schedule.DAILY),
        ("keep_focus_groups", Schedule.MINUTES),
        ("remind_focus_groups", Schedule.MINUTES),
    ]


@pytest.mark.parametrize(
    "job", [tasks.keep_focus_groups, tasks.remind_focus_groups, tasks.keep_focus_group_promises]
)
def test_jobs_find_nothing_to_do_in_an_empty_portal(job: Any) -> None:
    job()


def test_warning_about_what_is_gone_is_left_out() -> None:
    tasks.warn_of_deletion(4711, 4711, "2027-01-01")

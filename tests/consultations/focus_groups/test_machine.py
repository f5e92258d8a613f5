"""Whatever people and staff do, in any order: places, order and quotas hold, and nobody is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from consultations.enums import ConsentPurpose
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import offers, seats, signup
from consultations.lifecycle import NotAllowed
from consultations.models import FocusGroupSession, Quota, Registration, Seat, SeatOffer
from tests.factories.focus_groups import FocusGroupFactory, SessionFactory

MOST_WOMEN, PEOPLE = 2, 7
ANY = st.integers(0, 99)
# Each is a person's own, and may be pressed in any state.
VERBS: dict[str, Callable[..., None]] = {
    "confirm": signup.confirm,
    "accept": offers.accept,
    "decline": offers.decline,
    "cancel": signup.withdraw,
    "ask again": signup.ask_again,
}


class Life(RuleBasedStateMachine):
    """The same few people in two groups: a screened one with two sessions, and one beside the first."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.screened = FocusGroupFactory(open=True, screened=True)
        Quota.objects.create(
            group=self.screened, question="gender", options=["f"], minimum=1, maximum=MOST_WOMEN
        )
        self.other = FocusGroupFactory(open=True)
        first = SessionFactory(group=self.screened, capacity=3)
        later = SessionFactory(group=self.screened, starts_at=first.starts_at + timedelta(days=1))
        beside = SessionFactory(group=self.other, starts_at=first.starts_at + timedelta(minutes=30))
        self.sessions = [first, later, beside]
        self.signed_up: set[tuple[int, str]] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(genders=st.lists(st.sampled_from("fm"), min_size=PEOPLE, max_size=PEOPLE))
    def begin(self, genders: list[str]) -> None:
        """Some have signed up for both groups already; without it, few examples would get far."""
        for person, gender in enumerate(genders[:-1], 1):
            for screened in (True, False):
                self.sign_up(person, screened=screened, gender=gender, only=None, at_once=person < PEOPLE - 1)

    @rule(
        person=st.integers(1, PEOPLE),
        screened=st.booleans(),
        gender=st.sampled_from("fm"),
        only=st.none() | st.integers(0, 1),
        at_once=st.booleans(),
    )
    def sign_up(self, person: int, *, screened: bool, gender: str, only: int | None, at_once: bool) -> None:
        group, email = (self.screened if screened else self.other), f"persona{person}@example.org"
        form = signup.SignUp(
            email=email,
            language="es",
            timezone="Europe/Rome",
            screening={"gender": gender} if screened else {},
            sessions=[self.sessions[only]] if screened and only is not None else (),
            consents={ConsentPurpose.TAKE_PART: True},
        )
        signed = signup.sign_up(group=group, form=form)
        self.signed_up.add((group.pk, email))
        if at_once:
            self._act("confirm", signed)

    @rule(verb=st.sampled_from(list(VERBS)), number=ANY)
    def press(self, verb: str, number: int) -> None:
        if registration := _one_of(Registration.objects.order_by("group", "contact__email"), number):
            self._act(verb, registration)

    def _act(self, verb: str, registration: Registration) -> None:
        with self._in_order(), suppress(NotAllowed):
            VERBS[verb](registration=registration)

    @rule(number=ANY)
    def accept(self, number: int) -> None:
        if pending := _one_of(SeatOffer.objects.pending().order_by("pk"), number):
            self._act("accept", pending.registration)

    @rule(number=ANY)
    def expire(self, number: int) -> None:
        if pending := _one_of(SeatOffer.objects.pending().order_by("pk"), number):
            SeatOffer.objects.filter(pk=pending.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
            with self._in_order():
                assert offers.expire_overdue() == 1
            assert offers.expire_overdue() == 0

    @rule(number=st.integers(0, 2), capacity=st.integers(1, 4))
    def resize(self, number: int, capacity: int) -> None:
        session = FocusGroupSession.objects.get(pk=self.sessions[number].pk)
        taken = session.seats.filter(registration__isnull=False).count()
        if capacity < taken:
            with pytest.raises(NotAllowed):
                seats.resize(session=session, capacity=capacity, by=None)
        else:
            seats.resize(session=session, capacity=capacity, by=None)

    @rule(screened=st.booleans())
    def promote(self, *, screened: bool) -> None:
        group = self.screened if screened else self.other
        with self._in_order():
            offers.promote(group.pk)
        assert offers.promote(group.pk) == 0

    @contextmanager
    def _in_order(self) -> Iterator[None]:
        """Nobody gets a place past somebody alike who stood before them and could have had it."""
        before = set(SeatOffer.objects.values_list("pk", flat=True))
        yield
        waiting = list(Registration.objects.waiting().select_related("contact"))
        for made in SeatOffer.objects.exclude(pk__in=before).select_related("registration", "session"):
            assert [one for one in waiting if _passed_over(one, made)] == []

    @invariant()
    def places_are_held_once(self) -> None:
        held = Seat.objects.filter(registration__isnull=False)
        seated = Registration.objects.filter(status__in=S.seated).values_list("pk", flat=True)
        assert sorted(held.values_list("registration", flat=True)) == sorted(seated)
        pending = SeatOffer.objects.pending().values_list("registration", flat=True)
        offered = Registration.objects.filter(status=S.OFFERED).values_list("pk", flat=True)
        assert sorted(pending) == sorted(offered)
        for session in FocusGroupSession.objects.all():
            assert session.seats.count() == session.capacity

    @invariant()
    def nobody_is_in_two_places_at_a_time(self) -> None:
        held = Seat.objects.filter(registration__isnull=False).select_related(
            "session", "registration__contact"
        )
        for one, another in combinations(held, 2):
            if one.registration.contact.email == another.registration.contact.email:
                first, second = sorted((one.session, another.session), key=lambda each: each.starts_at)
                assert first.ends_at <= second.starts_at

    @invariant()
    def no_maximum_is_passed(self) -> None:
        for session in self.sessions[:2]:
            assert session.seats.filter(registration__screening__gender="f").count() <= MOST_WOMEN

    @invariant()
    def nobody_is_lost_and_all_have_a_place_in_the_order(self) -> None:
        kept = Registration.objects.values_list("group", "contact__email")
        assert sorted(kept) == sorted(self.signed_up)
        for group in (self.screened, self.other):
            group.refresh_from_db(fields=["last_position"])
            confirmed = group.registrations.exclude(status__in=[S.UNCONFIRMED, S.CANCELLED])
            positions = list(confirmed.values_list("position", flat=True))
            assert len(set(positions)) == len(positions)
            assert set(positions) <= set(range(1, group.last_position + 1))


def _one_of(rows: Any, number: int) -> Any:
    found = list(rows)
    return found[number % len(found)] if found else None


def _passed_over(waiting: Registration, made: SeatOffer) -> bool:
    theirs = made.registration
    if waiting.group_id != theirs.group_id or waiting.position > theirs.position:
        return False
    possible = set(waiting.availability.values_list("pk", flat=True))
    can_come = not possible or made.session_id in possible
    alike = waiting.screening == theirs.screening
    return can_come and alike and not offers.overlapping(waiting, made.session)


@pytest.mark.django_db
def test_places_order_and_quotas_hold_whatever_people_and_staff_do() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )

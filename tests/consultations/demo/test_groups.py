"""The demonstration's focus groups: what there is to try, made once, and of nobody who exists."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone

from consultations.demo.groups import HELD, NEARLY_FULL, TO_BE_DRAWN, load_groups
from consultations.demo.people import load_people
from consultations.enums import GroupStatus, SessionStatus
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import draws, seats, signup
from consultations.focus_groups.composition import deficits
from consultations.focus_groups.screening import Screening
from consultations.models import Contact, Excerpt, FocusGroup, Registration, TopicNote, Transcript
from portal.models import User


def group(code: str) -> FocusGroup:
    return FocusGroup.objects.get(slug=code.replace("_", "-"))


@pytest.mark.django_db
def test_nine_groups_are_there_to_be_tried() -> None:
    load_people()
    manager = User.objects.get(email="gestora@demo.example")

    assert (len(load_groups(manager)), len(load_groups(manager))) == (9, 0)

    nearly, drawn, held = group(NEARLY_FULL), group(TO_BE_DRAWN), group(HELD)
    assert [seats.free(session) for session in nearly.sessions.all()] == [1]
    assert signup.takes_sign_ups(nearly)
    assert Registration.objects.filter(group=drawn, status=S.RECEIVED).count() == 60
    assert (held.status, held.sessions.get().status) == (GroupStatus.ENDED, SessionStatus.HELD)
    assert Registration.objects.filter(group=held, status=S.ATTENDED).count() == 5
    assert (TopicNote.objects.count(), Transcript.objects.count()) == (3, 1)
    assert Excerpt.objects.filter(note__isnull=False).count() == 4
    assert not signup.takes_sign_ups(group("pending_status"))
    assert all(item.title_pt and item.title_it for item in FocusGroup.objects.all())
    ahead = [item.starts_at for one in FocusGroup.objects.exclude(pk=held.pk) for item in one.sessions.all()]
    assert min(ahead) > timezone.now()

    # Nobody who exists, and nobody written to.
    addresses = Contact.objects.values_list("email", flat=True)
    assert {address.rpartition("@")[2] for address in addresses} == {"demo.example"}
    assert mail.outbox == []

    # The draw can be made, and comes out as it is wanted.
    rules, made = Screening(drawn).rules, draws.propose(group=drawn, by=manager)
    screened = Screening(drawn)
    for people in draws.proposal(made).values():
        assert len(people) == 8
        assert deficits(rules, [screened.profile(item.screening) for item in people]) == []

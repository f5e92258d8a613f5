"""The code at the door reaches the person who needs it: in the mail that confirms, on their own page."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from consultations.focus_groups import offers
from tests.factories.focus_groups import RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("online", [False, True])
def test_mail_that_confirms_has_the_code_where_there_is_a_door(queued: Any, online: bool) -> None:
    session = SessionFactory(online=online)
    registration = RegistrationFactory(group=session.group)
    offers.promote(session.group.pk)

    with queued():
        offers.accept(registration=registration)

    sent = mail.outbox[-1]
    bodies = [str(sent.body), *(str(part[0]) for part in sent.alternatives)]
    assert [registration.door_code in body for body in bodies] == [not online] * len(bodies)

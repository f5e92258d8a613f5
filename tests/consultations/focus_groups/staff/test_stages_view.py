"""Opening, closing and calling off by hand, with what is missing and who is written to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.enums import GroupStatus, SessionStatus
from consultations.models import FocusGroup
from portal.models import AuditEntry, User
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


def stages_url(group: FocusGroup) -> str:
    return reverse("focus_group_stages", args=[group.pk])


def test_call_is_opened_and_the_page_says_who_did_it(client: Client, manager: User) -> None:
    group = SessionFactory(group=FocusGroupFactory()).group

    client.post(stages_url(group), {"status": "open"})

    group.refresh_from_db()
    assert group.status == GroupStatus.OPEN
    assert AuditEntry.objects.get(verb="focus_group.open").by == manager
    assert manager.email in client.get(stages_url(group)).content.decode()


def test_what_is_missing_is_said_and_opening_refused(client: Client) -> None:
    group = FocusGroupFactory(consent_take_part="", languages=["es", "en"])

    page = client.get(stages_url(group))
    client.post(stages_url(group), {"status": "open"})

    assert len(page.context["missing"]) == 3
    group.refresh_from_db()
    assert group.status == GroupStatus.DRAFT


def test_calling_off_says_how_many_are_told_and_tells_them(client: Client, queued: Any) -> None:
    session = SessionFactory()
    RegistrationFactory(group=session.group, seated_in=session)
    RegistrationFactory(group=session.group)
    RegistrationFactory(group=session.group, unconfirmed=True)

    assert client.get(stages_url(session.group)).context["told"] == 2
    with queued() as mails:
        client.post(stages_url(session.group), {"status": "cancelled"})

    session.refresh_from_db()
    assert session.status == SessionStatus.CANCELLED
    assert [kind for _key, kind, _once in mails] == ["session_cancelled"] * 2


@pytest.mark.parametrize("status", ["ended", "draft", "", "nonsense"])
def test_step_out_of_order_is_refused(client: Client, status: str) -> None:
    group = FocusGroupFactory(open=True)

    client.post(stages_url(group), {"status": status})

    group.refresh_from_db()
    assert group.status == GroupStatus.OPEN

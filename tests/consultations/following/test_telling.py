"""One mail when the results are out; then, and on its last day at the latest, the address is gone."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from consultations import lifecycle, tasks
from consultations.models import Consultation, Follower
from portal.models import AuditEntry
from tests.factories.consultations import ConsultationFactory
from tests.factories.following import FollowerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(closed=True, title_es="Necesidades", title_it="Bisogni")


def test_those_who_confirmed_are_told_once_in_their_language(consultation: Consultation) -> None:
    FollowerFactory(consultation=consultation, confirmed=True, language="it", email="a@example.org")
    FollowerFactory(consultation=consultation, email="unconfirmed@example.org")
    tasks.tell_results()
    assert mail.outbox == [], "the results are not out"
    lifecycle.report(consultation=consultation, by=None)

    tasks.tell_results()
    tasks.tell_results()

    assert [message.to for message in mail.outbox] == [["a@example.org"]]
    assert "Bisogni" in str(mail.outbox[0].body)
    assert list(Follower.objects.values_list("email", flat=True)) == ["unconfirmed@example.org"]


def test_a_mail_server_that_refuses_is_asked_again_later(
    consultation: Consultation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    follower = FollowerFactory(consultation=consultation, confirmed=True)
    lifecycle.report(consultation=consultation, by=None)

    def refuse(*_args: Any) -> int:
        raise SMTPServerDisconnected(f"no <{follower.email}>")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuse)
        tasks.tell_results()
    assert (Follower.objects.to_tell().count(), follower.email in caplog.text) == (1, False)

    tasks.tell_results()

    assert (Follower.objects.count(), len(mail.outbox)) == (0, 1)


def test_whoever_is_being_told_by_another_worker_is_left_to_it(consultation: Consultation) -> None:
    FollowerFactory(consultation=consultation, confirmed=True, told_on=timezone.localdate())
    lifecycle.report(consultation=consultation, by=None)

    tasks.tell_results()

    assert mail.outbox == []


@pytest.mark.parametrize(("days", "left"), [(6, 1), (7, 0)])
def test_what_nobody_confirms_is_forgotten_in_a_week(days: int, left: int) -> None:
    FollowerFactory(asked_on=timezone.localdate() - timedelta(days=days))
    FollowerFactory(confirmed=True)

    tasks.forget_followers()

    assert Follower.objects.count() == left + 1


@pytest.mark.parametrize(("days", "left"), [(364, 1), (366, 0)])
def test_nothing_is_kept_longer_than_a_year_after_closing(days: int, left: int) -> None:
    closed = timezone.now() - timedelta(days=days)
    consultation = ConsultationFactory(closed=True, opens_at=closed - timedelta(days=9), closes_at=closed)
    FollowerFactory(consultation=consultation, confirmed=True)

    tasks.forget_followers()

    assert Follower.objects.count() == left
    trail = AuditEntry.objects.filter(verb="followers.erased").values_list("details", flat=True)
    assert list(trail) == ([] if left else [{"count": 1}])

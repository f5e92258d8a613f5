"""Whoever is told to write to us knows where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import RequestFactory

from portal.accounts.welcome import welcome
from portal.models import User
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_a_request() -> Iterator[None]:
    with context.request_context(RequestFactory().get("/")):
        yield


def _notice() -> EmailMultiAlternatives:
    get_adapter().send_notification_mail("mfa/email/webauthn_added", _rosa())
    message = mail.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    return message


def _rosa() -> User:
    person: User = UserFactory()
    return person


def test_a_notice_names_the_address_and_is_answered_to_it(settings: Any) -> None:
    settings.CONTACT_EMAIL = "help@example.org"

    message = _notice()

    assert "help@example.org" in message.body
    assert 'href="mailto:help@example.org"' in str(message.alternatives[0][0])
    assert message.reply_to == ["help@example.org"]


def test_without_an_address_nothing_is_promised(settings: Any) -> None:
    settings.CONTACT_EMAIL = ""

    message = _notice()

    assert "mailto:" not in str(message.alternatives[0][0])
    assert message.reply_to == []


def test_the_welcome_names_it_too(settings: Any) -> None:
    settings.CONTACT_EMAIL = "help@example.org"

    welcome(_rosa())

    assert "help@example.org" in mail.outbox[-1].body

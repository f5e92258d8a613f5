"""What administrators do for people at the door: make an account, take lost factors away."""

import re

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.models import AuditEntry, User
from portal.roles import Role
from tests.factories.portal import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


@pytest.fixture
def administrator(client):
    person = UserFactory(email="admin@example.org")
    person.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.value))
    client.force_login(person)
    return person


def with_app(person):
    TOTP.activate(person, totp.generate_totp_secret())
    RecoveryCodes.activate(person)
    return person


def page_of(person):
    return reverse("lost_factors", args=[person.pk])


def test_lost_factors_are_taken_away_with_every_session_and_the_person_is_told(
    client, administrator, django_capture_on_commit_callbacks
):
    person = with_app(UserFactory(email="rosa@example.org"))
    theirs = Client()
    theirs.force_login(person)
    assert theirs.get(reverse("account_overview")).status_code == 200

    # The callbacks run after the request here, and within it in life.
    asked = request_context(RequestFactory().get("/"))
    with asked, django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page_of(person))

    assert answer["Location"] == reverse("wagtailusers_users:index")
    assert not Authenticator.objects.filter(user=person).exists()
    assert theirs.get(reverse("account_overview")).status_code == 302
    assert [message.to for message in mail.outbox] == [["rosa@example.org"]]
    assert AuditEntry.objects.filter(verb="user.second_factor_removed", by=administrator).count() == 1


def test_looking_at_the_page_changes_nothing(client, administrator):
    person = with_app(UserFactory())

    assert client.get(page_of(person)).context["factors"].count() == 1
    assert client.get(page_of(administrator)).status_code == 302
    assert client.get(page_of(UserFactory())).context["factors"].count() == 0
    assert Authenticator.objects.filter(user=person).count() == 2


def test_nobody_reaches_above_themselves_nor_rids_themselves_of_their_own(client, administrator):
    for person in (UserFactory(superuser=True), administrator):
        with_app(person)

        client.post(page_of(person))

        assert Authenticator.objects.filter(user=person).count() == 2


def test_other_staff_and_unknown_people_are_not_reached(client):
    editor = UserFactory()
    editor.groups.add(Group.objects.get(name=Role.EDITOR.value))
    client.force_login(editor)
    person = with_app(UserFactory())

    client.post(page_of(person))

    assert Authenticator.objects.filter(user=person).count() == 2
    client.force_login(UserFactory(superuser=True))
    assert client.post(reverse("lost_factors", args=[999_999])).status_code == 404


def test_the_list_of_users_leads_there(client, administrator):
    person = UserFactory()

    page = client.get(reverse("wagtailusers_users:index")).text

    assert page_of(person) in page
    assert page_of(administrator) not in page


@pytest.mark.parametrize(("role", "needs_factor"), [(Role.EDITOR, True), (None, False)])
def test_a_new_person_is_told_how_to_come_in(client, administrator, role, needs_factor):
    groups = [Group.objects.get(name=role.value).pk] if role else []

    client.post(
        reverse("wagtailusers_users:add"),
        {"email": "nueva@example.org", "first_name": "N", "last_name": "P", "groups": groups},
    )

    (message,) = mail.outbox
    assert message.to == ["nueva@example.org"]
    assert "http://localhost:8000/es/accounts/login/" in message.body
    paragraphs = re.split(r"\n\n+", message.body.strip())
    assert len(paragraphs) == (4 if needs_factor else 3)


def test_an_account_is_made_even_if_the_mail_cannot_be_sent(client, administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    client.post(
        reverse("wagtailusers_users:add"), {"email": "n@example.org", "first_name": "N", "last_name": "P"}
    )

    assert User.objects.filter(email="n@example.org").exists()

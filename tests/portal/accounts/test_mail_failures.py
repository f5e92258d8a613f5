"""The mail server does not answer: nobody meets a broken page, and nothing that was done is undone."""

import pytest
from django.core import mail
from django.core.cache import caches
from django.urls import reverse

from portal.models import User
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("account_login", {"login": "rosa@example.org"}),
        ("account_login", {"login": "nobody@example.org"}),
        ("account_signup", {"email": "ana@example.org"}),
        ("account_signup", {"email": "rosa@example.org"}),
    ],
)
def test_whoever_asks_for_a_code_is_told_and_can_try_again(client, no_mail_server, page, form):
    UserFactory(email="rosa@example.org")

    answer = client.post(reverse(page), form, follow=True)

    assert (answer.status_code, answer.redirect_chain) == (200, [(reverse(page), 302)])
    assert "_auth_user_id" not in client.session
    assert [str(note.level_tag) for note in answer.context["messages"]] == ["error"]


def test_the_next_try_works(client, settings, no_mail_server):
    UserFactory(email="rosa@example.org")
    client.post(reverse("account_login"), {"login": "rosa@example.org"})

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    answer = client.post(reverse("account_login"), {"login": "rosa@example.org"})

    assert (answer["Location"], len(mail.outbox)) == (reverse("account_confirm_login_code"), 1)


def test_the_same_address_can_sign_up_again_a_few_minutes_later(client, settings, no_mail_server):
    client.post(reverse("account_signup"), {"email": "ana@example.org"})
    caches["limits"].clear()  # one mail in three minutes is sent to an address that nobody proved

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(reverse("account_signup"), {"email": "ana@example.org"})

    assert (len(mail.outbox), User.objects.filter(email="ana@example.org").count()) == (1, 1)

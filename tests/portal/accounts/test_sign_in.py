import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def code_in(message):
    return re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", message.body.split("\n\n")[1])[0]


def ask_for_code(client, email):
    return client.post(reverse("account_login"), {"login": email}, follow=True)


def test_a_code_by_mail_opens_the_account(client):
    UserFactory(email="rosa@example.org")

    ask_for_code(client, "rosa@example.org")
    response = client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

    assert (response.status_code, response["Location"]) == (302, reverse("account_overview"))
    assert client.get(reverse("account_overview")).status_code == 200


def test_a_wrong_code_is_said_in_the_summary_and_at_the_field(client):
    UserFactory(email="rosa@example.org")
    ask_for_code(client, "rosa@example.org")

    page = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"}).content.decode()

    assert "error-summary" in page
    assert 'aria-invalid="true"' in page


def test_three_wrong_codes_end_the_attempt(client):
    UserFactory(email="rosa@example.org")
    ask_for_code(client, "rosa@example.org")
    code = code_in(mail.outbox[0])

    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert "_auth_user_id" not in client.session


def test_an_unknown_address_meets_the_same_page_as_a_known_one(client):
    UserFactory(email="rosa@example.org")

    known = ask_for_code(client, "rosa@example.org")
    client.session.flush()
    unknown = ask_for_code(client, "nobody@example.org")

    def without_secrets(response):
        page = response.content.decode().replace("nobody@", "rosa@")
        return re.sub(r'(csrfmiddlewaretoken" value="|nonce=")[^"]*', "", page)

    assert without_secrets(known) == without_secrets(unknown)


def test_an_unknown_address_is_told_by_mail_that_no_account_is_needed(client):
    ask_for_code(client, "nobody@example.org")

    assert reverse("account_signup") in mail.outbox[0].body


def test_codes_are_sent_three_times_a_minute_at_most():
    UserFactory(email="rosa@example.org")

    for _ in range(5):
        ask_for_code(Client(), "rosa@example.org")

    assert len(mail.outbox) == 3


def test_an_account_is_made_with_an_address_and_a_code(client):
    client.post(reverse("account_signup"), {"email": "ana@example.org"})
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[0])})

    person = User.objects.get(email="ana@example.org")
    assert (person.has_usable_password(), person.emailaddress_set.get().verified) == (False, True)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_programs_that_fill_in_every_field_make_no_account(client):
    client.post(reverse("account_signup"), {"email": "bot@example.org", "website": "spam"})

    assert not User.objects.exists()


def test_signing_up_twice_says_by_mail_that_there_is_an_account(client):
    UserFactory(email="rosa@example.org")

    client.post(reverse("account_signup"), {"email": "rosa@example.org"})

    assert reverse("account_login") in mail.outbox[0].body


def test_mails_have_text_and_html_and_load_nothing(client):
    UserFactory(email="rosa@example.org")

    ask_for_code(client, "rosa@example.org")

    html = mail.outbox[0].alternatives[0].content
    assert code_in(mail.outbox[0]) in html
    assert not re.search(r"src=|url\(|@import", html)


@pytest.mark.parametrize("language", ["es", "en", "it", "pt"])
def test_the_door_has_an_address_in_each_language(client, language):
    assert client.get(f"/{language}/accounts/login/").status_code == 200


def test_there_are_no_pages_about_passwords(client):
    assert client.get("/es/accounts/password/reset/").status_code == 404


def test_passkeys_can_be_asked_for_without_saying_who(client):
    options = client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"}).json()

    assert options["request_options"]["publicKey"]["userVerification"] == "required"


def test_the_desk_goes_on_in_the_language_of_the_door(client):
    UserFactory(email="rosa@example.org", superuser=True)
    client.post("/it/accounts/login/", {"login": "rosa@example.org"})

    client.post("/it/accounts/login/code/confirm/", {"code": code_in(mail.outbox[0])})

    assert client.get("/admin/", headers={"Accept-Language": "en"})["Location"] == "/it/accounts/2fa/"

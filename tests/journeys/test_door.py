"""Coming in, with a real browser: code by mail, passkey, app, and the desk behind a second factor."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from playwright.sync_api import expect

from portal.models import User
from tests.factories.portal import UserFactory

from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
DOOR = "/es/accounts/login/"


@pytest.fixture
def complaints():
    """What the policy stopped on any page that was handed to ``watch``."""
    found = []

    def note(message):
        if "Content Security Policy" in message.text:
            found.append(message.text)

    def watch(page):
        page.on("console", note)
        return page

    yield watch
    assert found == []


def code_of_last_mail():
    return re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.MULTILINE)[1]


def sign_in(page, email):
    page.goto(DOOR)
    page.locator("#id_login").fill(email)
    page.locator("form:has(#id_login) button").click()
    page.locator("#id_code").fill(code_of_last_mail())
    page.locator("form:has(#id_code) button").first.click()


def with_fingerprint(page):
    """A device that says yes, as a telephone with a finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )


def current_code(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("viewport", [PHONE, DESK])
@pytest.mark.parametrize("dark", [False, True])
def test_pages_of_the_door_can_be_used_by_everyone(open_page, axe, complaints, viewport, dark):
    page = complaints(open_page(viewport=viewport, dark=dark))

    page.goto(DOOR)
    axe(page)
    page.locator("form:has(#id_login) button").click()
    expect(page).to_have_title(re.compile("^Error"))
    assert page.locator(".error-summary").evaluate("element => element === document.activeElement")
    axe(page)
    page.goto("/es/accounts/signup/")
    axe(page)


def test_a_member_makes_an_account_and_comes_back_with_a_passkey(open_page, axe, complaints, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    page = complaints(open_page())
    with_fingerprint(page)

    page.goto("/es/accounts/signup/")
    page.locator("#id_email").fill("ana@example.org")
    page.locator("form:has(#id_email) button").click()
    axe(page)
    page.locator("#id_code").fill(code_of_last_mail())
    page.locator("form:has(#id_code) button").first.click()
    page.wait_for_url("**/es/accounts/")
    axe(page)

    page.goto("/es/accounts/2fa/webauthn/add/")
    axe(page)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/recovery-codes/")
    axe(page)

    page.goto("/es/accounts/logout/")
    page.locator("main form button").click()
    page.goto(DOOR)
    page.locator("form[data-passkey] button").click()

    page.wait_for_url("**/es/accounts/")
    assert page.get_by_text("ana@example.org").is_visible()


def test_a_passkey_that_fails_says_so_and_the_code_still_works(open_page, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    UserFactory(email="rosa@example.org")
    page = open_page()
    page.goto(DOOR)
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")

    page.locator("form[data-passkey] button").click()

    page.locator("[data-failed]").wait_for(state="visible")
    sign_in(page, "rosa@example.org")
    page.wait_for_url("**/es/accounts/")


def test_without_javascript_the_code_by_mail_is_enough(open_page):
    UserFactory(email="rosa@example.org")
    page = open_page(javascript=False)

    sign_in(page, "rosa@example.org")

    assert page.url.endswith("/es/accounts/")
    page.goto("/es/accounts/logout/")
    page.goto(DOOR)
    assert not page.locator("form[data-passkey]").is_visible()


def test_staff_set_up_a_second_factor_on_their_first_day(open_page, axe, complaints):
    UserFactory(superuser=True, email="staff@example.org")
    page = complaints(open_page(viewport=DESK))

    sign_in(page, "staff@example.org")
    page.wait_for_url("**/2fa/")
    axe(page)
    page.goto("/es/accounts/2fa/totp/activate/")
    axe(page)
    page.locator("#id_code").fill(current_code(page.locator("code").inner_text()))
    page.locator("form:has(#id_code) button").click()
    page.wait_for_url("**/recovery-codes/")
    page.locator("main .actions .btn").last.click()

    page.wait_for_url("**/admin/")
    assert User.objects.get(email="staff@example.org").last_login


def test_the_policy_of_the_admin_stops_nothing_it_needs(open_page, complaints, client, live_server, tree):
    staff = UserFactory(superuser=True, email="staff@example.org")
    client.force_login(staff)
    page = complaints(open_page(viewport=DESK))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )

    for path in (
        "/admin/",
        "/admin/pages/",
        "/admin/images/add/",
        "/admin/documents/multiple/add/",
        f"/admin/users/edit/{staff.pk}/",
        "/admin/units/new/",
        "/admin/reports/audit/",
        "/admin/consultations/consultation/add/",
        "/admin/consultations/questionnaire/add/",
        "/admin/redirects/add/",
    ):
        response = page.goto(path)
        assert response.status in (200, 404), path
        page.wait_for_load_state("networkidle")

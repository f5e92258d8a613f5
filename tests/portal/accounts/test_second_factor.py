import os

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import caches
from django.urls import reverse

from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db
DESK = "/admin/"


@pytest.fixture
def staff():
    return UserFactory(superuser=True, email="staff@example.org")


@pytest.fixture
def one_factor(client, staff):
    """A session opened with the code by mail only."""
    client.force_login(staff)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": 0}]
    session.save()
    return client


def current_code(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def test_staff_with_both_factors_reach_the_desk(client, staff):
    client.force_login(staff)

    assert client.get(DESK).status_code == 200


def test_staff_without_a_second_factor_are_sent_to_set_one_up(one_factor):
    response = one_factor.get(DESK)

    assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))


def test_staff_who_have_an_app_confirm_with_it_and_come_back(one_factor, staff):
    TOTP.activate(staff, secret := totp.generate_totp_secret())

    sent_to = one_factor.get("/admin/pages/?a=b")["Location"]
    assert sent_to == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2Fpages%2F%3Fa%3Db"

    back = one_factor.post(sent_to, {"code": current_code(secret), "next": "/admin/pages/?a=b"})
    assert back["Location"] == "/admin/pages/?a=b"
    assert one_factor.get(DESK).status_code == 200


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/users/", "/admin/api/main/pages/"])
def test_every_page_of_the_desk_is_behind_it(one_factor, path):
    assert one_factor.get(path).status_code == 302


def test_a_post_with_one_factor_changes_nothing(one_factor, staff):
    one_factor.post(f"/admin/users/edit/{staff.pk}/", {"email": "other@example.org"})

    staff.refresh_from_db()
    assert staff.email == "staff@example.org"


def test_records_of_another_person_do_not_count(client, staff):
    client.force_login(staff)
    session = client.session
    session["account_authentication_methods_user"] = "999999"
    session.save()

    assert client.get(DESK).status_code == 302


def test_members_are_not_asked_for_one(client):
    client.force_login(UserFactory())

    assert client.get(reverse("account_overview")).status_code == 200


def test_wagtails_own_door_is_walled_up(client):
    response = client.get("/admin/login/?next=/admin/pages/")

    assert response["Location"] == f"{reverse('account_login')}?next=/admin/pages/"


def test_the_key_of_an_app_is_shown_in_groups_of_four(one_factor, tree):
    page = one_factor.get(reverse("mfa_activate_totp"))

    secret = page.context["form"].secret
    groups = "".join(f"<span>{secret[at : at + 4]}</span>" for at in range(0, len(secret), 4))
    assert f'<code class="code" translate="no">{groups}</code>' in page.text


@pytest.mark.django_db(transaction=True)  # allauth counts the new factor when the transaction ends
def test_setting_up_an_app_makes_recovery_codes(one_factor, staff, tree):
    page = one_factor.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    one_factor.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})

    kinds = set(Authenticator.objects.filter(user=staff).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert one_factor.get(DESK).status_code == 200


def test_secrets_are_not_stored_in_the_clear(staff):
    secret = totp.generate_totp_secret()
    TOTP.activate(staff, secret)
    codes = RecoveryCodes.activate(staff)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert len(codes.generate_codes()) == 10


def test_secrets_are_read_after_the_key_was_changed(staff, settings):
    TOTP.activate(staff, secret := totp.generate_totp_secret())

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert Authenticator.objects.get(user=staff).wrap().validate_code(current_code(secret))


def test_staff_cannot_remove_their_last_factor(client, staff):
    TOTP.activate(staff, totp.generate_totp_secret())
    client.force_login(staff)
    session = client.session
    session["account_authentication_methods"][0] |= {"reauthenticated": True, "at": 9e12}
    session.save()

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=staff, type="totp").exists()


def test_a_recovery_code_works_once(client, staff):
    TOTP.activate(staff, totp.generate_totp_secret())
    code = RecoveryCodes.activate(staff).generate_codes()[0]
    codes = Authenticator.objects.get(user=staff, type="recovery_codes")

    assert [codes.wrap().validate_code(code), codes.wrap().validate_code(code)] == [True, False]


@pytest.mark.skipif("REDIS_URL" in os.environ, reason="in Redis every cache is every process's")
def test_a_code_of_the_app_is_good_once_for_all_processes_together(staff):
    app = TOTP.activate(staff, secret := totp.generate_totp_secret())
    code = current_code(secret)
    first = app.validate_code(code)
    caches["default"].clear()  # what another web process sees

    assert (first, app.validate_code(code)) == (True, False)


def test_members_who_look_at_the_desk_are_told_and_not_sent_in_circles(client):
    client.force_login(UserFactory())

    page = client.get(DESK, follow=True)

    assert (page.status_code, page.redirect_chain) == (403, [])
    assert "site-header" in page.content.decode()

"""Coming in through an OpenID Connect provider, here one of our own: by configuration, never required."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.factories.portal import UserFactory
from tests.portal.accounts.identity_provider import Provider, running_provider

pytestmark = pytest.mark.django_db
ROSA = {"sub": "12345678", "email": "rosa@example.org", "email_verified": True}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running_provider() as found:
        found.person = dict(ROSA)
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [found.settings()]}}
        yield found


def go_to(provider: Provider, client: Client) -> dict[str, list[str]]:
    """Press the provider's button; what the browser is sent there with."""
    login = reverse("openid_connect_login", args=["idperu"])
    answer = client.post(login, {"process": "login"})
    assert answer.status_code == 302, answer.content
    assert answer["Location"].startswith(f"{provider.url}/authorize?")
    return parse_qs(urlsplit(answer["Location"]).query)


def come_back(client: Client, **sent: str) -> Any:
    return client.get(reverse("openid_connect_callback", args=["idperu"]), sent, follow=True)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_new_gets_an_account_and_confirms_nothing_twice(provider: Provider, client: Client) -> None:
    asked = go_to(provider, client)

    come_back(client, **provider.approve(asked))

    assert User.objects.get().email == ROSA["email"]
    assert signed_in(client)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/accounts/oidc/idperu/login/callback/"]


def test_the_same_person_comes_back_to_the_same_account(provider: Provider, client: Client) -> None:
    come_back(client, **provider.approve(go_to(provider, client)))
    again = Client()

    come_back(again, **provider.approve(go_to(provider, again)))

    assert signed_in(again)
    assert User.objects.count() == 1


def test_providers_word_on_an_address_does_not_open_an_account_that_exists(
    provider: Provider, client: Client
) -> None:
    """Whoever can make a provider say an address must not enter the account of its owner."""
    UserFactory(email=ROSA["email"])

    come_back(client, **provider.approve(go_to(provider, client)))

    assert not signed_in(client)
    assert User.objects.count() == 1


def test_address_that_the_provider_did_not_verify_is_confirmed_by_us(
    provider: Provider, client: Client
) -> None:
    provider.person["email_verified"] = False

    come_back(client, **provider.approve(go_to(provider, client)))

    assert not signed_in(client)
    assert [message.to for message in mail.outbox] == [[ROSA["email"]]]


def test_answer_that_nobody_asked_for_is_refused(provider: Provider, client: Client) -> None:
    sent = provider.approve(go_to(provider, client))
    stranger = Client()

    page = come_back(stranger, **sent)

    assert not signed_in(stranger)
    assert page.status_code == 401
    assert "site-header" in page.content.decode()


def test_forged_code_is_refused_with_a_page_of_ours(provider: Provider, client: Client) -> None:
    sent = provider.approve(go_to(provider, client))

    page = come_back(client, code="forged", state=sent["state"])

    assert not signed_in(client)
    assert "site-header" in page.content.decode()


def test_refusing_at_the_provider_leads_back_kindly(provider: Provider, client: Client) -> None:
    asked = go_to(provider, client)

    page = come_back(client, error="access_denied", state=asked["state"][0])

    assert not signed_in(client)
    assert "site-header" in page.content.decode()


def test_button_is_on_the_door_only_where_a_provider_is_configured(
    provider: Provider, client: Client, settings: Any
) -> None:
    login = reverse("openid_connect_login", args=["idperu"])
    assert login in client.get(reverse("account_login")).content.decode()

    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}

    assert login not in client.get(reverse("account_login")).content.decode()
    assert client.post(login, follow=True).status_code == 404

import re
from html.parser import HTMLParser

import pytest
from django.test import RequestFactory

from portal.security import client_address, client_key
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db
DOOR = "/es/accounts/login/"


def policy_of(response):
    parts = response["Content-Security-Policy"].split("; ")
    return {name: set(values) for name, *values in (part.split() for part in parts)}


class Inline(HTMLParser):
    """Collects what a strict policy would stop: inline scripts, styles, handlers and foreign addresses."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self._open = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.found += [name for name in values if name == "style" or name.startswith("on")]
        self.found += [
            v for k, v in attrs if k in ("src", "href", "action") and re.match("(https?:)?//", v or "")
        ]
        data = (values.get("type") or "").endswith("json")
        self._open = tag if tag == "style" or (tag == "script" and "src" not in values and not data) else None

    def handle_data(self, data):
        if self._open and data.strip():
            self.found.append(self._open)


def test_public_pages_run_nothing_but_our_own(client):
    policy = policy_of(client.get(DOOR))

    assert policy["default-src"] == policy["style-src"] == policy["form-action"] == {"'self'"}
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == {"'none'"}
    assert {source for source in policy["script-src"] if not source.startswith("'nonce-")} == {"'self'"}


def test_each_page_has_a_nonce_of_its_own(client):
    nonces = [re.search("'nonce-([^']+)'", client.get(DOOR)["Content-Security-Policy"])[1] for _ in range(2)]

    assert nonces[0] != nonces[1]


@pytest.mark.parametrize("path", [DOOR, "/es/accounts/signup/", "/es/nothing-here/"])
def test_pages_of_the_door_have_nothing_inline_and_nothing_foreign(client, path):
    assert Inline(client.get(path).content.decode()).found == []


def test_pages_of_an_account_have_nothing_inline(client):
    client.force_login(UserFactory())

    pages = ["/es/accounts/", "/es/accounts/email/", "/es/accounts/2fa/", "/es/accounts/2fa/totp/activate/"]
    assert [Inline(client.get(path).content.decode()).found for path in pages] == [[]] * len(pages)


def test_the_search_for_inline_parts_finds_them():
    page = '<p style="x" onclick="y"></p><style>a</style><script>b</script><img src="//other.example/c">'

    assert Inline(page).found == ["style", "onclick", "style", "script", "//other.example/c"]


def test_the_admin_has_a_looser_policy_and_loads_nothing_foreign(client):
    client.force_login(UserFactory(superuser=True))

    response = client.get("/admin/")

    policy = policy_of(response)
    assert "'unsafe-inline'" in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    policy_breakers = [found for found in Inline(response.content.decode()).found if "/static/" in found]
    assert policy_breakers == []


def test_every_answer_says_how_to_treat_it(client):
    headers = client.get(DOOR).headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_pages_of_the_door_are_not_kept_by_anyone(client):
    assert "no-store" in client.get(DOOR)["Cache-Control"]


def test_a_form_from_elsewhere_is_refused_in_our_own_look():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(DOOR, {"login": "rosa@example.org"})

    assert response.status_code == 403
    assert b"site-header" in response.content


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1"),
        (1, "", "198.51.100.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="198.51.100.1")

    assert client_address(request) == address


def test_the_key_for_counting_does_not_tell_the_address():
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1")

    assert "198.51" not in client_key(request)
    assert client_key(request) == client_key(request)

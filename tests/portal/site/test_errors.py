from typing import Any

from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django_ratelimit.exceptions import Ratelimited
from structlog.contextvars import bound_contextvars
from wagtail.models import Page, Site

from portal.views.errors import broken, missing, refused, unreadable
from tests.factories.portal import UserFactory


def test_the_page_for_what_broke_needs_no_database_and_says_its_number(rf: RequestFactory) -> None:
    # No ``db`` fixture: a query would fail this test by itself.
    with bound_contextvars(request_id="abc123"):
        response = broken(rf.get("/es/"))

    assert response.status_code == 500
    assert "abc123" in response.text
    assert "traceback" not in response.text.lower()


def test_too_many_tries_are_told_from_what_is_not_allowed(rf: RequestFactory, site: Site) -> None:
    assert refused(rf.get("/es/"), PermissionDenied()).status_code == 403
    limited = refused(rf.get("/es/"), Ratelimited())
    assert (limited.status_code, limited["Retry-After"]) == (429, "60")


def test_who_may_not_see_a_page_is_shown_where_to_sign_in_unless_they_have(
    client: Client, rf: RequestFactory, site: Site
) -> None:
    way = '<a href="/es/accounts/login/">'
    assert way in refused(rf.get("/es/")).text

    client.force_login(UserFactory())
    response = client.get("/admin/")
    assert (response.status_code, way in response.text) == (403, False)


def test_a_missing_page_offers_the_search(rf: RequestFactory, site: Site) -> None:
    response = missing(rf.get("/es/nada/"))

    assert response.status_code == 404
    assert 'role="search"' in response.text


def test_the_page_for_what_cannot_be_read_looks_at_nothing_that_was_sent(rf: RequestFactory) -> None:
    # No ``db`` fixture, and a host that we do not have: asking either would fail.
    response = unreadable(rf.post("/es/", headers={"Host": "evil.example"}))

    assert response.status_code == 400
    assert "site-header" in response.text


def test_too_large_a_form_gets_that_page(client: Client, site: Site, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    response = client.post("/es/su-lugar/", {"country": "x" * 200})

    assert response.status_code == 400
    assert "site-header" in response.text


def test_the_root_of_the_trees_has_no_page(client: Client, site: Site) -> None:
    root = Page.objects.get(depth=1)

    assert client.get(f"/es/sin-traducir/{root.pk}/").status_code == 404

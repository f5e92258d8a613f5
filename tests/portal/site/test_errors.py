from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django_ratelimit.exceptions import Ratelimited
from structlog.contextvars import bound_contextvars
from wagtail.models import Site

from portal.views.errors import broken, missing, refused


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


def test_a_missing_page_offers_the_search(rf: RequestFactory, site: Site) -> None:
    response = missing(rf.get("/es/nada/"))

    assert response.status_code == 404
    assert 'role="search"' in response.text

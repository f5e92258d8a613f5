from typing import Any

import pytest
from django.test import Client, RequestFactory

from portal.views.errors import broken, unreadable

pytestmark = pytest.mark.django_db


def test_a_missing_page_of_the_demonstration_looks_like_the_site(settings: Any, client: Client) -> None:
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "portal.demonstration.OwnNotFoundMiddleware"]

    response = client.get("/es/no-existe/")

    assert response.status_code == 404
    assert "site-header" in response.content.decode()


def test_even_what_broke_says_that_it_is_a_demonstration(settings: Any, rf: RequestFactory) -> None:
    plain = [page(rf.get("/es/")).text for page in (broken, unreadable)]
    settings.DEMO = True
    demonstration = [page(rf.get("/es/")).text for page in (broken, unreadable)]

    assert ["demo-mark" in text for text in plain + demonstration] == [False, False, True, True]

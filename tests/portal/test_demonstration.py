from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_missing_page_of_the_demonstration_looks_like_the_site(settings: Any, client: Client) -> None:
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "portal.demonstration.OwnNotFoundMiddleware"]

    response = client.get("/es/no-existe/")

    assert response.status_code == 404
    assert "site-header" in response.content.decode()

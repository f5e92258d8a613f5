"""The admin where no script runs."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def test_the_place_of_the_menu_covers_nothing_where_no_script_brings_the_menu() -> None:
    client = Client()
    client.force_login(UserFactory(superuser=True))

    html = client.get("/admin/").content.decode()

    head = html.split("</head>")[0]
    assert re.search(
        r'<noscript><link rel="stylesheet" href="[^"]*admin-without-scripts[^"]*"></noscript>', head
    )

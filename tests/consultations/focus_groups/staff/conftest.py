from __future__ import annotations

import pytest
from django.test import Client

from portal.models import User
from tests.consultations.staff import signed_in, staff


@pytest.fixture
def manager() -> User:
    return staff("manage_focus_groups")


@pytest.fixture
def client(manager: User) -> Client:
    """Signed in as somebody who manages focus groups and belongs to no unit."""
    return signed_in(manager)

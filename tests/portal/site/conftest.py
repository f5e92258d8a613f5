"""The language trees, as every installation has them."""

from typing import Any

import pytest
from wagtail.models import Site

from portal.planting import plant


@pytest.fixture
def site(db: Any) -> Site:
    return plant()

"""Places are tested with what the code says."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _messages_in_english() -> Iterator[None]:
    """What the portal says is compared with the words of the code, not of a catalogue."""
    with translation.override("en"):
        yield

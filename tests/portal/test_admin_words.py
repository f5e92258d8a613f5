"""Editing screens speak the language of our staff, also where Wagtail's catalogues do not yet."""

from __future__ import annotations

from pathlib import Path

import pytest
import wagtail.admin
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override

from portal.admin_words import WORDS

ENGLISH = Path(wagtail.admin.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"


def test_each_is_still_a_text_of_wagtail() -> None:
    with ENGLISH.open("rb") as file:
        ids = {message.id for message in read_po(file)}

    assert [word for word in WORDS if word not in ids] == []


@pytest.mark.parametrize("language", ["es", "it", "pt-br"])
def test_each_is_said_in_the_language_of_the_person(language: str) -> None:
    with override(language):
        assert [word for word in WORDS if gettext(word) == word] == []

"""Dates as Django writes them: the day before its month, 24 hours, small months where they are small."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from portal.clocks import LIMA
from portal.templatetags.clocks import moment_in

MOMENT = datetime(2026, 12, 1, 18, 48, tzinfo=LIMA)
WRITTEN = {
    "es": ("1 de diciembre de 2026 a las 18:48", "01/12/2026 18:48"),
    "en": ("1 December 2026, 18:48", "01/12/2026 18:48"),
    "it": ("1 dic 2026, 18:48", "01/12/2026 18:48"),
    "pt": ("1 dez 2026, 18:48", "01/12/2026 18:48"),
    "quy": ("1 de diciembre de 2026 a las 18:48", "01/12/2026 18:48"),
}


@pytest.mark.parametrize("language", WRITTEN)
def test_moments_are_written_in_the_language(language: str) -> None:
    with translation.override(language):
        written = tuple(date_format(MOMENT, f"{size}DATETIME_FORMAT") for size in ("", "SHORT_"))

    assert written == WRITTEN[language]


@pytest.mark.parametrize(
    ("language", "written"),
    [("es", "martes 1 de diciembre"), ("en", "Tuesday 1 December"), ("it", "martedì 1 dicembre")],
)
def test_moments_in_sentences_name_the_weekday(language: str, written: str) -> None:
    with translation.override(language):
        assert moment_in(MOMENT, "America/Lima").startswith(written)

"""Texts of a questionnaire in the reader's language, each knowing when it is in another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Said:
    """A text and, when it is not in the language of the page around it, its own language."""

    text: str = ""
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def html(self) -> SafeString:
        """The text, marked with its language where that differs (WCAG 3.1.2)."""
        if self.lang:
            return format_html('<span lang="{}">{}</span>', self.lang, self.text)
        return format_html("{}", self.text)


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Voice:
    """Who speaks to whom: the page is in one language, and falls back to another where it has to."""

    page: str
    wanted: str
    fallback: str

    def say(self, text: Mapping[str, str]) -> Said:
        for language in (self.wanted, self.fallback, *sorted(text)):
            if text.get(language):
                return Said(text[language], "" if language == self.page else language)
        return Said()


def field_of(record: Model, field: str, *, page: str) -> Said:
    """A translated field of a record in the language of the page, else in Spanish, marked as such."""
    columns = {code: getattr(record, f"{field}_{code}") or "" for code, _name in settings.LANGUAGES}
    return Voice(page=page, wanted=page, fallback=settings.LANGUAGE_CODE).say(columns)

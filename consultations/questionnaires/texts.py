"""Between the columns that a translated field has and one text in several languages."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Model
from modeltranslation.utils import build_localized_fieldname

from ..instrument.definition import Text

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def text_of(record: Model, field: str) -> dict[str, str]:
    """The field in each language that has something, with line ends as everywhere."""
    values = ((code, getattr(record, build_localized_fieldname(field, code)) or "") for code in LANGUAGES)
    texts = ((code, value.replace("\r\n", "\n").replace("\r", "\n").strip()) for code, value in values)
    return {code: text for code, text in texts if text}


def set_text(record: Model, field: str, text: Text) -> None:
    """Fill every language; those without a text are emptied."""
    for code in LANGUAGES:
        setattr(record, build_localized_fieldname(field, code), text.get(code, ""))


def columns(*fields: str) -> list[str]:
    """The names of all languages' columns."""
    return [build_localized_fieldname(field, code) for field in fields for code in LANGUAGES]

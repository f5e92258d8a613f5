"""Where catalogues lie, and how they are read and written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

# English is what the code is written in: a message without a translation is the message itself.
SOURCE_LANGUAGE = "en"
# Babel knows Quechua without its variants; the plural rules are the same.
_BABEL_NAMES = {"quy": "qu"}
LINE_WIDTH = 110


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def po_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language, empty if nobody began it."""
    path, name = po_path(language), _BABEL_NAMES.get(language, language)
    if not path.exists():
        return Catalog(locale=name, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=name, domain="django")


def write(language: str, catalog: Catalog) -> None:
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=LINE_WIDTH, sort_output=True, omit_header=False, ignore_obsolete=True)


def compile_all() -> Iterator[tuple[str, int]]:
    """Write ``django.mo`` beside every catalogue, at once and whole, and say how many texts each has.

    A language that has no text yet still gets its file: Django serves no address of a language without one.
    """
    for language in languages():
        catalog = read(language)
        target = po_path(language).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}.tmp")
        with draft.open("wb") as file:
            write_mo(file, translated(catalog))
        draft.replace(target)
        yield language, sum(1 for message in catalog if message.id and is_translated(message))


def translated(catalog: Catalog) -> Catalog:
    """What somebody translated, and no more.

    Babel compiles an empty plural as its English text, which would hide the fallback to Spanish.
    """
    own = Catalog(locale=catalog.locale, domain=catalog.domain, header_comment=catalog.header_comment)
    own.mime_headers = catalog.mime_headers
    for message in catalog:
        if message.id and is_translated(message):
            own[message.id] = message
    return own


def is_translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts)


def is_stale(language: str) -> bool:
    """Whether the compiled file is missing, or older than the catalogue."""
    source, target = po_path(language), po_path(language).with_suffix(".mo")
    if not target.exists():
        return True
    return source.exists() and source.stat().st_mtime > target.stat().st_mtime

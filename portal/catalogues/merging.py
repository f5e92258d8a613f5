"""Bringing a catalogue up to date with the code, and saying what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message
from django.conf import settings

from .files import SOURCE_LANGUAGE

_NAMED = re.compile(r"(?<!%)%\(\w+\)[a-z]")
_BARE = re.compile(r"(?<![%\w)])%[sd]")
_BRACED = re.compile(r"\{\w*\}")


@dataclass(frozen=True)
class Fault:
    """Something that keeps a text from being shown as it should."""

    language: str
    message: str
    kind: str

    def __str__(self) -> str:
        return f"{self.language}: {self.kind}: {self.message}"


def update(catalog: Catalog, template: Catalog) -> Catalog:
    """The catalogue with exactly the texts of the code; what was translated stays translated.

    Nothing is guessed from a similar text: a changed text is a new one, to be translated again.
    """
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def faults(language: str, catalog: Catalog, template: Catalog) -> Iterator[Fault]:
    """What is missing, doubtful or has other placeholders than the original.

    The source language needs no translations, and a partial language only what somebody translated.
    """
    for message in template:
        if not message.id:
            continue
        known = catalog.get(_key(message), message.context)
        kind = _fault(known, language)
        if kind:
            yield Fault(language, _key(message), kind)


def _fault(known: Message | None, language: str) -> str:
    if known is None:
        return "not in the catalogue"
    if not _complete(known):
        return "" if _may_be_empty(language) else "not translated"
    if known.fuzzy:
        return "doubtful"
    return "" if _same_placeholders(known) else "other placeholders"


def _may_be_empty(language: str) -> bool:
    return language == SOURCE_LANGUAGE or language in settings.PARTIAL_LANGUAGES


def _key(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, (tuple, list)) else [str(value or "")]


def _complete(message: Message) -> bool:
    return all(_texts(message.string)) and bool(message.string)


def _same_placeholders(message: Message) -> bool:
    """Each translation uses what one form of the original uses ("One result" has no number in it)."""
    forms = [_placeholders(text) for text in _texts(message.id)]
    everything = set().union(*forms)
    fewest = set(everything).intersection(*forms)
    return all(fewest <= _placeholders(text) <= everything for text in _texts(message.string))


def _placeholders(text: str) -> set[str]:
    return {found for pattern in (_NAMED, _BARE, _BRACED) for found in pattern.findall(text)}

"""What the sitemap lists besides pages. Other apps add what they have with ``also_list``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

Route = tuple[str, tuple[Any, ...]]
Source = Callable[[], Iterable[Route]]
_SOURCES: list[Source] = []


def also_list(source: Source) -> None:
    """Add a source: it gives routes, by name and arguments, that anyone may read in every language."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def listed() -> Iterator[dict[str, str]]:
    """The path of each in every language but those whose interface falls back on another."""
    languages = [code for code, _name in settings.LANGUAGES if code not in settings.PARTIAL_LANGUAGES]
    for source in _SOURCES:
        for name, args in source():
            yield {code: _path(name, args, code) for code in languages}


def _path(name: str, args: tuple[Any, ...], language: str) -> str:
    with override(language):
        return reverse(name, args=args)

"""Finding every text in code and templates, without GNU gettext.

Templates are turned into something like Python by Django itself (``templatize``), and both are read by Babel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from ..settings.env import BASE_DIR

CODE_FOLDERS = ("portal", "communities", "consultations")
TEMPLATE_FOLDERS = ("templates", *(f"{name}/templates" for name in CODE_FOLDERS))
TEMPLATE_ENDINGS = {".html", ".txt", ".xml"}
# What Django and the code call the functions that mark a text, and where their arguments lie.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)


def found_messages() -> Catalog:
    """Every text of the portal, with the places where it stands."""
    catalog = Catalog(domain="django")
    for path, content in _sources():
        for _line, message, comments, context in _extract(content):
            # Places without line numbers: a moved line changes no catalogue.
            catalog.add(message, locations=[(path, None)], auto_comments=comments, context=context)  # type: ignore[list-item]  # None is allowed
    return catalog


def _extract(content: bytes) -> Iterable[Any]:
    options = {"encoding": "utf-8"}
    return extract("python", BytesIO(content), KEYWORDS, COMMENT_TAGS, options)


def _sources() -> Iterator[tuple[str, bytes]]:
    """File name and Python-like content of all code and templates, in a stable order."""
    for path in _files(CODE_FOLDERS, {".py"}):
        if "migrations" not in path.parts:
            yield _name(path), path.read_bytes()
    for path in _files(TEMPLATE_FOLDERS, TEMPLATE_ENDINGS):
        yield _name(path), _as_code(path).encode()


def _as_code(path: Path) -> str:
    """A template as flat lines that read like Python: indentation means nothing in a template."""
    lines = templatize(path.read_text(encoding="utf-8"), origin=_name(path)).splitlines()
    return "\n".join(line.strip() for line in lines)


def _files(folders: Iterable[str], endings: set[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in (BASE_DIR / folder).rglob("*") if path.suffix in endings)


def _name(path: Path) -> str:
    return path.relative_to(BASE_DIR).as_posix()

"""The demonstration's texts, one file a language, and how they become page bodies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("es", "en", "it", "pt")


def texts(language: str) -> dict[str, Any]:
    return json.loads((FOLDER / "content" / f"{language}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]  # our own files


def in_all_languages(key: str, field: str) -> dict[str, str]:
    """``{"es": …, "en": …}`` for one field of one record."""
    return {language: texts(language)[key][field] for language in LANGUAGES}


def body(parts: list[list[Any]]) -> str:
    """A stream of blocks as the JSON that Wagtail stores, from the short form of the content files."""
    return json.dumps([BLOCKS[kind](*values) for kind, *values in parts])


def _titled(pairs: list[list[str]]) -> list[dict[str, Any]]:
    return [{"heading": heading, "text": text} for heading, text in pairs]


def _table(caption: str, rows: list[list[str]]) -> dict[str, Any]:
    columns = [{"type": "text", "heading": heading} for heading in rows[0]]
    cells = {"columns": columns, "rows": [{"values": row} for row in rows[1:]], "caption": ""}
    return {"type": "table", "value": {"caption": caption, "cells": cells, "row_headings": True}}


BLOCKS: dict[str, Callable[..., dict[str, Any]]] = {
    "heading": lambda text: {"type": "heading", "value": {"text": text, "level": "2"}},
    "text": lambda html: {"type": "paragraph", "value": html},
    "quote": lambda text, who: {"type": "quote", "value": {"text": text, "who": who}},
    "steps": lambda pairs: {"type": "steps", "value": {"steps": _titled(pairs)}},
    "accordion": lambda pairs: {"type": "accordion", "value": {"parts": _titled(pairs)}},
    "table": _table,
}

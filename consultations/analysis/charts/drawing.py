"""Specifications drawn on the server: SVG for pages and files, PNG for documents. Nothing is fetched."""

from __future__ import annotations

from html import escape
from typing import Any

import vl_convert
from django.utils.formats import get_format

from .shapes import Spec
from .theme import FILE, PAGE, Paper

_NOTHING_FROM_OUTSIDE: list[str] = []


def svg_for_page(spec: Spec) -> str:
    """To stand inside a page, in the ink of the text around it. Its words for readers stand beside it."""
    return _svg(spec, PAGE)


def svg_file(spec: Spec, paper: Paper = FILE) -> str:
    return _svg(spec, paper)


def with_words(svg: str, *, title: str, description: str) -> str:
    """The drawing with its words inside, for whoever cannot see it, wherever the file goes."""
    start, rest = svg.split(">", 1)
    words = f"<title>{escape(title)}</title>"
    if description:
        words += f"<desc>{escape(description)}</desc>"
    return f'{start} role="img">{words}{rest}'


def png_file(spec: Spec, paper: Paper = FILE, *, scale: float = 2) -> bytes:
    """Twice as many pixels as points, so that it is sharp in print."""
    dressed = _dressed(spec, paper)
    return bytes(
        vl_convert.vegalite_to_png(
            dressed, scale=scale, format_locale=_numbers(), allowed_base_urls=_NOTHING_FROM_OUTSIDE
        )
    )


def _svg(spec: Spec, paper: Paper) -> str:
    return str(
        vl_convert.vegalite_to_svg(
            _dressed(spec, paper), format_locale=_numbers(), allowed_base_urls=_NOTHING_FROM_OUTSIDE
        )
    )


def _numbers() -> dict[str, Any]:
    """Numbers beside axes as the tables write them, in the active language."""
    return {
        "decimal": get_format("DECIMAL_SEPARATOR"),
        "thousands": get_format("THOUSAND_SEPARATOR"),
        "grouping": [3],
        "currency": ["", ""],
        "percent": "\u00a0%",
    }


def _dressed(spec: Spec, paper: Paper) -> Spec:
    return {**spec, "config": paper.config()}

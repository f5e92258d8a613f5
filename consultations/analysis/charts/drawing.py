"""Specifications drawn on the server: SVG for pages and files, PNG for documents. Nothing is fetched."""

from __future__ import annotations

from html import escape

import vl_convert

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
    return bytes(vl_convert.vegalite_to_png(dressed, scale=scale, allowed_base_urls=_NOTHING_FROM_OUTSIDE))


def _svg(spec: Spec, paper: Paper) -> str:
    return str(vl_convert.vegalite_to_svg(_dressed(spec, paper), allowed_base_urls=_NOTHING_FROM_OUTSIDE))


def _dressed(spec: Spec, paper: Paper) -> Spec:
    return {**spec, "config": paper.config()}

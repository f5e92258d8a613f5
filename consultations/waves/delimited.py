"""Tables in plain text, whatever program wrote them: alphabet, delimiter, lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from .unreadable import Unreadable

_ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t|"
# As many lines say what delimits cells.
_LOOKED_AT = 50


def is_text(head: bytes) -> bool:
    """Whether a file may be text at all: other kinds hold zero bytes among their first ones."""
    return head.startswith(_UTF_16) or b"\0" not in head


def lines(content: bytes) -> Iterator[list[str]]:
    """The cells of each line. Raises ``Unreadable`` and ``csv.Error``."""
    text = _decoded(content)
    return _cells(text, _delimiter(text))


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """The one with which most of the first lines have as many cells as the headings; then with most cells.

    Python's own sniffer guesses the quotes, too, and is led astray by commas within cells.
    """
    return max(_DELIMITERS, key=lambda candidate: _fits(text, candidate))


def _fits(text: str, delimiter: str) -> tuple[bool, float, int]:
    with suppress(csv.Error):
        first, *rest = islice((line for line in _cells(text, delimiter) if line), _LOOKED_AT)
        alike = sum(1 for line in rest if len(line) == len(first))
        return len(first) > 1, alike / len(rest) if rest else 0, len(first)
    return False, 0, 0


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not content.startswith(_UTF_16):
            continue
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise Unreadable("alphabet")

"""Finds in a sentence what may tell who wrote it or about whom: proposals, by rules, for a person to decide.

The rules look for too much rather than too little. They know no names: a capital letter inside a sentence is
reason enough to ask.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .spans import Span

EMAIL, LINK, PHONE, DOCUMENT, NAME = "email", "link", "phone", "document", "name"

LABELS: Mapping[str, str | Promise] = {
    EMAIL: _("e-mail address"),
    LINK: _("web address or account"),
    PHONE: _("telephone number"),
    DOCUMENT: _("number of a document"),
    NAME: _("perhaps a name or a place"),
}
# What stands in place of the words, unless the person writes something else.
REPLACEMENTS: Mapping[str, str] = {
    EMAIL: "[…]",
    LINK: "[…]",
    PHONE: "[…]",
    DOCUMENT: "[…]",
    NAME: "[…]",
}

_LETTER = "[^\\W\\d_]"
_CAPITAL = "(?-i:[A-ZÁÉÍÓÚÜÑÀÈÌÒÙÂÊÔÃÕÇ])"
_WORD = f"{_CAPITAL}{_LETTER}*(?:[’'\\-]{_LETTER}+)*"
_JOIN = r"(?:de|del|de la|de las|de los|da|do|dos|di|della|van|von|y)"
# The first rule that finds a stretch names it.
PATTERNS: Sequence[tuple[str, re.Pattern[str]]] = (
    (EMAIL, re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")),
    (LINK, re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w{2,}", re.IGNORECASE)),
    (DOCUMENT, re.compile(r"\b[A-Z]{1,3}-?\d{5,10}\b|\b\d{8}(?:[-\s]?[\dA-Z])?\b")),
    (PHONE, re.compile(r"(?<![\w/])\+?\(?\d[\d\s().\-]{5,}\d\b")),
    (NAME, re.compile(f"{_WORD}(?:\\s+(?:{_JOIN}\\s+)?{_WORD})*")),
)
# Capital letters that tell of nobody.
PLAIN = frozenset(
    {"DNI", "RENIEC", "ONPE", "JNE", "INEI", "Perú", "Peru", "Perù", "Estado", "Consulado", "Consulate"}
    | {"Consolato", "Cancillería", "Embajada", "Ministerio", "WhatsApp", "Internet", "PDF", "I", "Ley"}
)


@dataclass(frozen=True)
class Redaction:
    """Words to be replaced, within the quotation. ``kept`` says that a person decided to leave them."""

    start: int
    end: int
    kind: str
    replacement: str = "[…]"
    kept: bool = False

    @property
    def label(self) -> str:
        return str(LABELS.get(self.kind, self.kind))


def proposals(text: str, *, ordinary: Container[str] = frozenset()) -> list[Redaction]:
    """Everything that a person has to decide about, in order and without overlap.

    ``ordinary`` are words known to be written small: at the beginning of a sentence they are no names.
    """
    found: list[Redaction] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            taken = any(match.start() < other.end and other.start < match.end() for other in found)
            if not taken and (kind != NAME or _may_be_a_name(text, match, ordinary)):
                found.append(Redaction(match.start(), match.end(), kind, REPLACEMENTS[kind]))
    return sorted(found, key=lambda item: item.start)


def redacted(text: str, redactions: Iterable[Redaction]) -> str:
    """The text with its replacements; what was kept stays as it is. Overlaps raise ``ValueError``."""
    pieces, at = [], 0
    for item in sorted(redactions, key=lambda item: item.start):
        if item.start < at:
            raise ValueError((item.start, at))
        Span(item.start, item.end)
        pieces += [text[at : item.start], text[item.start : item.end] if item.kept else item.replacement]
        at = item.end
    return "".join([*pieces, text[at:]])


def _may_be_a_name(text: str, match: re.Match[str], ordinary: Container[str]) -> bool:
    words = match.group().split()
    telling = [word for word in words if word not in PLAIN and word[:1].isupper()]
    if telling == words[:1] and _begins_a_sentence(text, match.start()):
        return telling[0].lower() not in ordinary
    return bool(telling)


def _begins_a_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\"'«“‘(¿¡—–-")
    return not before or before[-1] in ".!?…:\n;"

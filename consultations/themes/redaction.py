"""Finds in a sentence what may tell who wrote it or about whom: proposals, by rules, for a person to decide.

The rules look for too much rather than too little. They know no names of people: a capital letter inside a
sentence is reason enough to ask. Places of our own records are found however they are written. What no rule
can see (``UNSEEN``) is said on the page, and a person approves the words in any case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .spans import Span

EMAIL, LINK, PHONE, DOCUMENT, NAME = "email", "link", "phone", "document", "name"
PLACE, AGE, DATE, ADDRESS = "place", "age", "date", "address"

LABELS: Mapping[str, str | Promise] = {
    EMAIL: _("e-mail address"),
    LINK: _("web address or account"),
    PHONE: _("telephone number"),
    DOCUMENT: _("number of a document"),
    NAME: _("perhaps a name or a place"),
    PLACE: _("a place of our records"),
    AGE: _("an age"),
    DATE: _("a date"),
    ADDRESS: _("perhaps an address"),
}
UNSEEN = _(
    "Rules do not see names that are written small, nicknames, places that our records lack, a job or an "
    "illness that only one person has, or what happened to somebody. Read it as a neighbour of that person "
    "would."
)
# What stands in place of the words, unless the person writes something else.
GONE = "[…]"

_LETTER = "[^\\W\\d_]"
_CAPITAL = "(?-i:[A-ZÁÉÍÓÚÜÑÀÈÌÒÙÂÊÔÃÕÇ])"
_WORD = f"{_CAPITAL}{_LETTER}*(?:[’'\\-]{_LETTER}+)*"
_JOIN = r"(?:de|del|de la|de las|de los|da|do|dos|di|della|van|von|y)"
_MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|setiembre|septiembre|octubre|noviembre|diciembre"
    "|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    "|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
_YEARS = "años|anni|anos|years"
_HAS = "tengo|tiene|tenía|cumplí|con mis|ho|ha|tenho|tem|i am|i'm|aged"
_LASTS = "horas|semanas|meses|días|dias|hours|weeks|months|days|ore|settimane|mesi|giorni|euros?"
_YEAR = r"(?:\s+(?:del?\s+)?\d{4})?"
_STREETS = "calle|avenida|av|jirón|jr|pasaje|via|viale|piazza|corso|rua|travessa|carrer|plaza|paseo|street"
_ENDINGS = "com|org|net|pe|es|it|ar|cl|br|us|info|gob|edu|me"
_ONE = re.compile(_WORD)
# The first rule that finds a stretch names it.
PATTERNS: Sequence[tuple[str, re.Pattern[str]]] = (
    (EMAIL, re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(arroba\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)),
    (LINK, re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w{2,}", re.IGNORECASE)),
    (LINK, re.compile(rf"\b[\w-]+\.(?:{_ENDINGS})\b(?:/\S*)?", re.IGNORECASE)),
    (DATE, re.compile(r"\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})\b")),
    (
        DATE,
        re.compile(rf"\b\d{{1,2}}º?\s+(?:d[ei]\s+)?(?:{_MONTHS}){_YEAR}\b", re.IGNORECASE),
    ),
    (
        AGE,
        re.compile(
            r"\b\d{1,3}\s+(?:años\s+de\s+edad|anni\s+di\s+età|anos\s+de\s+idade|years?[\s-]old)\b",
            re.IGNORECASE,
        ),
    ),
    (
        AGE,
        re.compile(rf"\b(?:{_HAS})\s+\d{{2,3}}(?:\s+(?:{_YEARS}))?\b(?!\s+(?:{_LASTS}))", re.IGNORECASE),
    ),
    (
        ADDRESS,
        re.compile(rf"\b(?:{_STREETS})\s+[^,.;\n]{{2,40}}?\s?(?:n[.º°]*\s?)?\d{{1,5}}\w?\b", re.IGNORECASE),
    ),
    (DOCUMENT, re.compile(r"\b[A-Z]{1,3}-?\d{5,10}\b|\b\d{8}(?:[-\s]?[\dA-Z])?\b")),
    (PHONE, re.compile(r"(?<![\w/])\+?\(?\d[\d\s().\-]{5,}\d\b")),
    (NAME, re.compile(f"{_WORD}(?:\\s+(?:{_JOIN}\\s+)?{_WORD})*")),
)
# Shorter names are found in too many words to be worth asking about.
SHORTEST_PLACE = 4
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


def proposals(
    text: str, *, ordinary: Container[str] = frozenset(), places: re.Pattern[str] | None = None
) -> list[Redaction]:
    """Everything that a person has to decide about, in order and without overlap.

    ``ordinary`` are words known to be written small: at the beginning of a sentence they are no names.
    ``places`` finds names of places in a text without accents and capitals (``known_places``).
    """
    found: list[Redaction] = []
    for kind, start, end in _candidates(text, ordinary):
        if not _is_taken(start, end, found):
            found.append(Redaction(start, end, kind, GONE))
        elif kind == NAME:
            found += _left_of_a_name(text, start, end, found)
    found += [Redaction(*span, PLACE) for span in _places_in(text, places) if not _is_taken(*span, found)]
    return sorted(found, key=lambda item: item.start)


def _left_of_a_name(text: str, start: int, end: int, found: Sequence[Redaction]) -> list[Redaction]:
    """What another rule did not take of it: "Rosa Calle Mayor 5" is a name and an address."""
    words = (match for match in _ONE.finditer(text, start, end) if match.group() not in PLAIN)
    return [
        Redaction(word.start(), word.end(), NAME, GONE)
        for word in words
        if not _is_taken(*word.span(), found)
    ]


def _candidates(text: str, ordinary: Container[str]) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if kind != NAME or _may_be_a_name(text, match, ordinary):
                yield kind, match.start(), match.end()


def _is_taken(start: int, end: int, found: Iterable[Redaction]) -> bool:
    return any(start < other.end and other.start < end for other in found)


def known_places(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for these names over flattened text: «MILÁN», «milan» and «Milán» are one. Longest first."""
    flat = {_flat(name.strip()) for name in names if len(name.strip()) >= SHORTEST_PLACE}
    listed = sorted(flat - {_flat(word) for word in PLAIN}, key=lambda name: (-len(name), name))
    if not listed:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)")


def _places_in(text: str, places: re.Pattern[str] | None) -> list[tuple[int, int]]:
    """Where the original has them: flattening keeps the number of signs."""
    return [] if places is None else [match.span() for match in places.finditer(_flat(text))]


def _flat(text: str) -> str:
    """Small and without accents, sign for sign."""
    return "".join(_flat_sign(sign) for sign in text)


def _flat_sign(sign: str) -> str:
    small = unicodedata.normalize("NFD", sign)[0].lower()
    return small if len(small) == 1 else sign


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

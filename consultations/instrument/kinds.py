"""What each kind of question takes as an answer: one entry a kind.

``normalise`` turns what a form sent into the stored shape, and leaves as it was what cannot be one;
``fault`` says what is wrong with a value of any shape. ``columns.py`` lays answers out in tables.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from consultations.instrument.definition import Choice, Number, Question, QuestionKind

ACKNOWLEDGED = "OK"
MAX_LENGTH = {QuestionKind.SHORT_TEXT: 255, QuestionKind.LONG_TEXT: 5000}
"""Characters that a text may have where its question sets no limit."""
OTHER_LENGTH = 255
LARGEST = 10**15
"""Beyond this a browser no longer counts every whole number."""

Raw = str | Sequence[str]


class Level(StrEnum):
    """Level of measurement (S. S. Stevens, 1946), as SPSS and its readers name it."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value is no answer; the codes are listed in ``answers.py``."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


class Offer(Protocol):
    """The options that a question has for one person; whether one is offered is found out only when asked."""

    @property
    def is_open(self) -> bool:
        """True where the questionnaire has no list: the portal fills in countries and offices."""

    def get(self, name: str) -> Choice | None: ...
    def all(self) -> tuple[Choice, ...]: ...
    def in_order(self, names: Sequence[str]) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """``uses`` names the fields of a question that mean something to its kind, beside the general ones."""

    level: Level
    normalise: Callable[[Question, Raw, Offer], Any]
    fault: Callable[[Question, Any, Offer], Fault | None]
    uses: frozenset[str] = frozenset()


# --- What forms send ------------------------------------------------------------------------------


_DECIMAL = re.compile(r"[+-]?([0-9]{1,30}\.?[0-9]{0,30}|\.[0-9]{1,30})")


def _single(raw: Raw) -> str:
    return raw if isinstance(raw, str) else next(iter(raw), "")


def _several(raw: Raw) -> list[str]:
    return [name for name in ([raw] if isinstance(raw, str) else raw) if name.strip()]


def clean_text(raw: str, *, lines: bool) -> str:
    """Composed (NFC) text without control characters or half characters, which databases refuse."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = text if lines else re.sub(r"[\n\t]+", " ", text)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def _name(question: Question, raw: Raw, offer: Offer) -> str | None:
    return _single(raw).strip() or None


def _names_in_order(question: Question, raw: Raw, offer: Offer) -> list[str] | None:
    return offer.in_order(_several(raw)) or None


def _names_as_given(question: Question, raw: Raw, offer: Offer) -> list[str] | None:
    return _several(raw) or None


def _short(question: Question, raw: Raw, offer: Offer) -> str | None:
    return clean_text(_single(raw), lines=False) or None


def _long(question: Question, raw: Raw, offer: Offer) -> str | None:
    return clean_text(_single(raw), lines=True) or None


def _integer(question: Question, raw: Raw, offer: Offer) -> int | str | None:
    text = re.sub(r"[\s\u00a0\u202f]", "", _single(raw))
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,18}", text) else text or None


def _decimal(question: Question, raw: Raw, offer: Offer) -> float | str | None:
    """A comma is a decimal mark, as our readers write it; thousands are not separated."""
    text = re.sub(r"[\s\u00a0\u202f]", "", _single(raw))
    plain = text.replace(",", ".", 1)
    return float(plain) if _DECIMAL.fullmatch(plain) else text or None


def _point(question: Question, raw: Raw, offer: Offer) -> Number | str | None:
    value = _decimal(question, raw, offer)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _nothing(question: Question, raw: Raw, offer: Offer) -> None:
    return None


# --- What is wrong with an answer -----------------------------------------------------------------

_COUNTRY = re.compile(r"[A-Z]{2}|other")
_OPEN_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def _not_offered(question: Question, value: Any, offer: Offer) -> Fault | None:
    if not isinstance(value, str):
        return Fault("malformed")
    if offer.is_open:
        pattern = _COUNTRY if question.kind is QuestionKind.COUNTRY else _OPEN_NAME
        return None if pattern.fullmatch(value) else Fault("not_offered")
    return None if offer.get(value) else Fault("not_offered")


def _wrong_names(question: Question, value: Any, offer: Offer) -> Fault | None:
    if not isinstance(value, list) or not value or not all(isinstance(name, str) for name in value):
        return Fault("malformed")
    if len(set(value)) < len(value):
        return Fault("repeated")
    chosen = [offer.get(name) for name in value]
    if None in chosen:
        return Fault("not_offered")
    exclusive = next((choice.name for choice in chosen if choice and choice.exclusive), None)
    if exclusive is not None:
        return Fault("exclusive", {"choice": exclusive}) if len(value) > 1 else None
    return _wrong_count(question, len(value))


def _wrong_count(question: Question, count: int) -> Fault | None:
    if question.min_choices is not None and count < question.min_choices:
        return Fault("too_few", {"least": question.min_choices})
    if question.max_choices is not None and count > question.max_choices:
        return Fault("too_many", {"most": question.max_choices})
    return None


def _wrong_ranking(question: Question, value: Any, offer: Offer) -> Fault | None:
    """A ranking may stop early, unless it is required and no numbers of choices are set."""
    fault = _wrong_names(question, value, offer)
    whole = question.required and question.min_choices is None and question.max_choices is None
    if fault or not whole:
        return fault
    return Fault("incomplete", {"count": len(offer.all())}) if len(value) < len(offer.all()) else None


def bounds(question: Question) -> tuple[Number | None, Number | None, Number | None]:
    """Start, end and step; a scale that says nothing runs from 0 to 10 by 1, as an XLSForm range does."""
    if question.kind is not QuestionKind.SCALE:
        return question.start, question.end, question.step
    defaults = (0, 10, 1)
    given = (question.start, question.end, question.step)
    start, end, step = (default if own is None else own for own, default in zip(given, defaults, strict=True))
    return start, end, step


def _out_of_bounds(question: Question, value: Number) -> Fault | None:
    start, end, step = bounds(question)
    if value < (-LARGEST if start is None else start):
        return Fault("too_small", {"least": -LARGEST if start is None else start})
    if value > (LARGEST if end is None else end):
        return Fault("too_large", {"most": LARGEST if end is None else end})
    if step:
        steps = (value - (start or 0)) / step
        return None if abs(steps - round(steps)) < 1e-9 else Fault("not_on_step", {"step": step})
    return None


def _wrong_number(question: Question, value: Any, offer: Offer) -> Fault | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Fault("not_a_number")
    if isinstance(value, float) and not math.isfinite(value):
        return Fault("not_a_number")
    return _out_of_bounds(question, value)


def _wrong_integer(question: Question, value: Any, offer: Offer) -> Fault | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return Fault("not_whole")
    return _out_of_bounds(question, value)


def _wrong_date(question: Question, value: Any, offer: Offer) -> Fault | None:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}", value):
        return Fault("not_a_date")
    try:
        date.fromisoformat(value)
    except ValueError:
        return Fault("not_a_date")
    return None


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What PostgreSQL refuses in a JSON document."""


def wrong_text(value: Any, most: int) -> Fault | None:
    if not isinstance(value, str) or not value.strip() or _UNSTORABLE.search(value):
        return Fault("malformed")
    return Fault("too_long", {"most": most, "count": len(value)}) if len(value) > most else None


def _wrong_text(question: Question, value: Any, offer: Offer) -> Fault | None:
    return wrong_text(value, question.max_length or MAX_LENGTH[question.kind])


def _not_acknowledged(question: Question, value: Any, offer: Offer) -> Fault | None:
    return None if value == ACKNOWLEDGED else Fault("malformed")


def _never(question: Question, value: Any, offer: Offer) -> Fault | None:
    return Fault("malformed")


_K = QuestionKind
_CHOICE = frozenset({"choice_list", "choice_filter", "or_other", "appearance", "constraint"})
_COUNTED = frozenset({"min_choices", "max_choices"})
_NUMBER = frozenset({"start", "end", "step", "constraint", "appearance"})
_TEXT = frozenset({"max_length", "constraint", "appearance"})

KINDS: dict[QuestionKind, Kind] = {
    _K.SINGLE_CHOICE: Kind(Level.NOMINAL, _name, _not_offered, _CHOICE),
    _K.MULTIPLE_CHOICE: Kind(Level.NOMINAL, _names_in_order, _wrong_names, _CHOICE | _COUNTED),
    _K.SCALE: Kind(Level.SCALE, _point, _wrong_number, _NUMBER | {"low_label", "high_label"}),
    _K.MATRIX: Kind(Level.ORDINAL, _name, _not_offered, frozenset({"choice_list", "rows", "appearance"})),
    _K.RANKING: Kind(Level.ORDINAL, _names_as_given, _wrong_ranking, (_CHOICE - {"or_other"}) | _COUNTED),
    _K.INTEGER: Kind(Level.SCALE, _integer, _wrong_integer, _NUMBER),
    _K.DECIMAL: Kind(Level.SCALE, _decimal, _wrong_number, _NUMBER),
    _K.DATE: Kind(Level.SCALE, _name, _wrong_date, frozenset({"constraint", "appearance"})),
    _K.SHORT_TEXT: Kind(Level.TEXT, _short, _wrong_text, _TEXT),
    _K.LONG_TEXT: Kind(Level.TEXT, _long, _wrong_text, _TEXT),
    _K.COUNTRY: Kind(Level.NOMINAL, _name, _not_offered, _CHOICE),
    _K.CONSULAR_OFFICE: Kind(Level.NOMINAL, _name, _not_offered, _CHOICE),
    _K.ACKNOWLEDGE: Kind(Level.NOMINAL, _name, _not_acknowledged, frozenset({"appearance"})),
    _K.NOTE: Kind(Level.TEXT, _nothing, _never, frozenset({"appearance"})),
}

SELF_LISTED = frozenset({_K.COUNTRY, _K.CONSULAR_OFFICE})
"""Kinds that need no list of their own: the portal knows the options."""

"""Numbers as people write them. One that can be read in two ways is asked about, never guessed (ADR 0071)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import localize

from ..instrument.definition import Number

_BLANKS = re.compile(r"[\s\u00a0\u202f]")
# Three digits behind the mark may be decimals, or what follows the thousands.
_TWO_WAYS = re.compile(r"([+-]?[1-9][0-9]{0,2})([.,])([0-9]{3})")


@dataclass(frozen=True)
class TwoReadings:
    """What somebody wrote, and how each of the two numbers it may stand for is written without doubt."""

    written: str
    whole: str
    decimal: str


def two_readings(text: str) -> TwoReadings | None:
    """``1.500`` is one and a half in some countries and one thousand five hundred in others."""
    found = _TWO_WAYS.fullmatch(_BLANKS.sub("", text))
    if found is None:
        return None
    before, mark, after = found.groups()
    decimals = after.rstrip("0") or "0"
    return TwoReadings(text.strip(), before + after, before + mark + _beyond_doubt(decimals))


def written(value: Number) -> str:
    """A number with the decimal mark of the reader's language, in digits that can be read in one way."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    text = str(localize(Decimal(repr(value))))
    return text + "0" if two_readings(text) else text


def _beyond_doubt(decimals: str) -> str:
    return decimals + "0" if len(decimals) == 3 else decimals

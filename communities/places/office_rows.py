"""One row of the offices file: text in, values of ``ConsularOffice`` out, or what is wrong with it.

Columns: kind, name_es, city, country_iso2, timezone are compulsory. ``city`` is the English name and,
with the country, tells one office from another. ``lat``/``lon``, ``source`` (verified or unverified),
``source_detail``, ``status``, ``valid_from``, ``valid_to`` and a ``name_…`` for each language are optional.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ..enums import OfficeKind, OfficeStatus
from ..models import ConsularOffice
from .reading import Problem, Row

REQUIRED = ("kind", "name_es", "city", "country_iso2", "timezone")
# "… del Perú en Milán", "… of Peru in Milan", or "… (Berlin)" at the end of a name.
CITY_IN_BRACKETS = re.compile(r"\(([^)]+)\)$")
CITY_AT_END = re.compile(r"(?:del Perú en|of Peru in|del Perù ad?|do Peru (?:em|no|na)) (.+)$")
HONORARY = re.compile(r"\bhonorari", re.IGNORECASE)
FIVE_PLACES = Decimal("0.00001")


@dataclass(frozen=True)
class OfficeRow:
    row: Row
    country: str
    city: str
    values: dict[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        """What tells one office from another: the country and the English name of the city."""
        return self.country, slugify(self.city)


def parse(row: Row, *, countries: Collection[str]) -> tuple[OfficeRow, list[Problem]]:
    """Values for the filled cells only: an empty cell says nothing, it erases nothing."""
    problems = [row.problem(column, _("This cell is empty.")) for column in REQUIRED if not row.get(column)]
    values: dict[str, Any] = {}
    for column, (field, read) in COLUMNS.items():
        if text := row.get(column):
            try:
                values[field] = read(text)
            except ValidationError as error:
                problems.append(row.problem(column, error.messages[0]))
    country = row.get("country_iso2").upper()
    if country and country not in countries:
        problems.append(row.problem("country_iso2", _("“%(code)s” is not a country.") % {"code": country}))
    problems += _pairs(row, values)
    values |= _names(row)
    _tell_honorary(values)
    problems += _field_problems(row, values)
    return OfficeRow(row, country, row.get("city"), values), problems


def _kind(text: str) -> str:
    return _one_of(text, OfficeKind.values)


def _status(text: str) -> str:
    return _one_of(text, OfficeStatus.values)


def _one_of(text: str, values: list[str]) -> str:
    if text not in values:
        known = ", ".join(values)
        raise ValidationError(
            _("“%(text)s” is not known. Write one of: %(known)s.") % {"text": text, "known": known}
        )
    return text


def _degrees(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 180:
        raise ValidationError(_("“%(text)s” is not a coordinate in degrees.") % {"text": text})
    return number.quantize(FIVE_PLACES)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(_("“%(text)s” is not a date like 2024-07-31.") % {"text": text}) from error


def _is_verified(text: str) -> bool:
    return _one_of(text, ["verified", "unverified"]) == "verified"


COLUMNS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "kind": ("kind", _kind),
    "status": ("status", _status),
    "timezone": ("timezone", str),
    "lat": ("latitude", _degrees),
    "lon": ("longitude", _degrees),
    "valid_from": ("valid_from", _day),
    "valid_to": ("valid_to", _day),
    "source": ("is_verified", _is_verified),
    "source_detail": ("source", str),
}


def _names(row: Row) -> dict[str, str]:
    """Names by language, and the city as each name calls it (``city`` itself is the English name)."""
    names = {language: row.get(f"name_{language}") for language in settings.MODELTRANSLATION_LANGUAGES}
    values = {f"name_{language}": name for language, name in names.items() if name}
    for language, name in names.items():
        if found := CITY_IN_BRACKETS.search(name) or CITY_AT_END.search(name):
            values[f"city_{language}"] = found[1]
    values["city_en"] = row.get("city")
    values.setdefault("city_es", row.get("city"))
    return values


def _tell_honorary(values: dict[str, Any]) -> None:
    """Lists of offices often call an honorary consulate a consulate; its name tells."""
    if values.get("kind") == OfficeKind.CONSULATE and HONORARY.search(values.get("name_es", "")):
        values["kind"] = OfficeKind.HONORARY.value


def _pairs(row: Row, values: dict[str, Any]) -> list[Problem]:
    problems = []
    if bool(row.get("lat")) != bool(row.get("lon")):
        problems.append(row.problem("lat", _("Latitude and longitude are filled together or not at all.")))
    start, end = values.get("valid_from"), values.get("valid_to")
    if start and end and start >= end:
        problems.append(row.problem("valid_to", _("It ends before it begins.")))
    return problems


def _field_problems(row: Row, values: dict[str, Any]) -> list[Problem]:
    """What the fields of the model say: an unknown zone, a latitude above 90, a text too long."""
    columns = {field: column for column, (field, _read) in COLUMNS.items()}
    problems = []
    for name, value in values.items():
        try:
            ConsularOffice._meta.get_field(name).clean(value, None)  # type: ignore[union-attr]  # no relations here
        except ValidationError as error:
            problems.append(row.problem(columns.get(name, name), error.messages[0]))
    return problems

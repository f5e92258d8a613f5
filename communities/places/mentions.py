"""Places as people write them: “Milano”, “Turín, Piamonte”, “vivo en San Pablo (Brasil)”."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from ..models import ConsularDistrict, ConsularOffice
from .folding import fold


def mentions(text: str, name: str) -> bool:
    """Whether the words of a name stand in a text, one after the other."""
    return bool(fold(name)) and f" {fold(name)} " in f" {fold(text)} "


def districts_mentioned(districts: Iterable[ConsularDistrict], text: str) -> list[ConsularDistrict]:
    """The districts whose region a text names. The longest name wins: West Virginia is not Virginia."""
    found = [district for district in districts if mentions(text, district.region)]
    longest = max((len(fold(district.region)) for district in found), default=0)
    return [district for district in found if len(fold(district.region)) == longest]


def offices_mentioned(offices: Iterable[ConsularOffice], text: str) -> list[ConsularOffice]:
    """The offices whose city a text names, in whichever language."""
    return [office for office in offices if any(mentions(text, city) for city in cities_of(office))]


def cities_of(office: ConsularOffice) -> set[str]:
    fields = (f"city_{language}" for language in settings.MODELTRANSLATION_LANGUAGES)
    return {city for field in fields if (city := getattr(office, field, ""))}

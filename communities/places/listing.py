"""The public list of offices: by country, in the reader's language, found with or without accents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings

from ..models import ConsularOffice, Country
from .folding import fold


@dataclass
class CountryOffices:
    country: Country
    offices: list[ConsularOffice] = field(default_factory=list)


def all_offices() -> list[ConsularOffice]:
    """Every office but those that are closed for good, with country and districts: two queries.

    A few hundred rows in memory at most, so that search means the same on every database.
    """
    offices = ConsularOffice.objects.current().select_related("country")
    return list(offices.prefetch_related("districts__country"))


def offices_in(code: str) -> list[ConsularOffice]:
    """The offices in one country by city, as the public list has them."""
    offices = ConsularOffice.objects.current().in_country(code).select_related("country")
    return sorted(offices.prefetch_related("districts__country"), key=lambda office: fold(office.city))


def countries_of(offices: Iterable[ConsularOffice]) -> list[Country]:
    """The countries that these offices are in or serve, by name."""
    countries = {country.code: country for office in offices for country in _served(office)}
    return sorted(countries.values(), key=lambda country: fold(country.name))


def search(offices: Iterable[ConsularOffice], *, q: str = "", country: str = "") -> list[ConsularOffice]:
    """Offices in a country, or that serve it from another, which have the words that somebody typed."""
    if country:
        offices = [office for office in offices if country in {served.code for served in _served(office)}]
    return list(matching(offices, q))


def matching(offices: Iterable[ConsularOffice], query: str) -> Iterator[ConsularOffice]:
    """Offices that have each word of the query at the beginning of a word of theirs, in any language."""
    wanted = fold(query).split()
    for office in offices:
        words = set(fold(" ".join(_texts(office))).split())
        if all(any(word.startswith(start) for word in words) for start in wanted):
            yield office


def by_country(offices: Iterable[ConsularOffice]) -> list[CountryOffices]:
    """Countries in the alphabet of the reader's language, and cities within them."""
    groups: dict[str, CountryOffices] = {}
    for office in offices:
        groups.setdefault(office.country_id, CountryOffices(office.country)).offices.append(office)
    for group in groups.values():
        group.offices.sort(key=lambda office: fold(office.city))
    return sorted(groups.values(), key=lambda group: fold(group.country.name))


def _texts(office: ConsularOffice) -> Iterator[str]:
    """Every name under which somebody may look for an office."""
    for language in settings.MODELTRANSLATION_LANGUAGES:
        yield getattr(office, f"name_{language}") or ""
        yield getattr(office, f"city_{language}") or ""
    yield from office.country.names
    yield office.country_id
    for district in office.districts.all():
        yield district.region
        yield from district.country.names


def _served(office: ConsularOffice) -> list[Country]:
    return [office.country, *(district.country for district in office.districts.all())]

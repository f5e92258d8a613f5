"""Which clocks a country has, from the time zone database itself."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources

from django.utils.translation import get_language

from .clocks import place_name, zone_named
from .reader import country_name
from .words import unaccented


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    text = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, _place, zone = line.split("\t")[:3]
            found[code].append(zone)
    return {code: tuple(zones) for code, zones in found.items()}


def zones_of(country: str) -> tuple[str, ...]:
    """IANA names of the zones of a country, none for a code that is not one."""
    return _table().get(country.upper(), ())


def zone_choices(country: str) -> list[tuple[str, str]]:
    """The zones of a country by the name of their city, in the active language."""
    named = [(name, place_name(zone)) for name in zones_of(country) if (zone := zone_named(name))]
    return sorted(named, key=lambda pair: pair[1])


def every_zone_choice() -> tuple[tuple[str, str], ...]:
    """All clocks by country, in the active language: "Italia"; "Chile: Punta Arenas" where it has several."""
    return _every_zone(get_language() or "")


@cache
def _every_zone(language: str) -> tuple[tuple[str, str], ...]:
    named = [
        (zone, country_name(code) if len(zones) == 1 else f"{country_name(code)}: {city}")
        for code, zones in _table().items()
        for zone, city in zone_choices(code)
    ]
    return tuple(sorted(named, key=lambda pair: unaccented(pair[1])))


def only_zone(country: str) -> str:
    """The zone of a country that has one, else nothing: nobody can say which of several is the reader's."""
    zones = zones_of(country)
    return zones[0] if len(zones) == 1 else ""

"""Which clocks a country has, from the time zone database itself."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources

from .clocks import place_name, zone_named


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


def only_zone(country: str) -> str:
    """The zone of a country that has one, else nothing: nobody can say which of several is the reader's."""
    zones = zones_of(country)
    return zones[0] if len(zones) == 1 else ""

"""Two clocks: every moment in the reader's zone first, and in Lima's second.

The weekday is always written, the clock has 24 hours, and where the two dates differ the second says so.
Names of days, months and places come from CLDR, in the words of Peru ("setiembre") for Spanish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import dates
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LIMA = ZoneInfo("America/Lima")
_ZONE_NAME = re.compile(r"[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}")


@dataclass(frozen=True)
class Writing:
    """How one language writes dates. ``{year}`` stands where a year goes when it has to be said."""

    locale: str
    day: str
    year: str


_SPANISH = Writing("es_PE", "d 'de' MMMM{year}", " 'de' y")
WRITINGS = {
    "es": _SPANISH,
    "en": Writing("en_GB", "d MMMM{year}", " y"),
    "it": Writing("it_IT", "d MMMM{year}", " y"),
    "pt": Writing("pt_BR", "d 'de' MMMM{year}", " 'de' y"),
    # Interface texts that Quechua does not have are in Spanish, and dates go with them.
    "quy": _SPANISH,
}


@dataclass(frozen=True)
class Moment:
    """One moment on one clock, ready to be written."""

    when: datetime
    place: str
    text: str
    yours: bool
    note: str = ""

    @property
    def iso(self) -> str:
        return self.when.isoformat(timespec="minutes")

    @property
    def zone(self) -> str:
        """By its name, so that a script finds the reader's own clock among several."""
        return str(self.when.tzinfo)


def writing() -> Writing:
    return WRITINGS.get((get_language() or "es").split("-")[0], _SPANISH)


def zone_named(name: str) -> ZoneInfo | None:
    """The zone, or nothing when the name (which may come from a cookie) is not one."""
    if not _ZONE_NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def place_name(zone: ZoneInfo) -> str:
    """The city that a zone is named after, in the active language: Europe/Rome is Roma."""
    city = dates.get_timezone_location(zone, locale=writing().locale, return_city=True)
    return city.rsplit("/", 1)[-1]


def long_date(day: date, *, year: bool = True) -> str:
    """14 de diciembre de 2026."""
    style = writing()
    return dates.format_date(day, style.day.format(year=style.year if year else ""), locale=style.locale)


def _with_weekday(when: datetime, now: datetime) -> str:
    style = writing()
    pattern = "EEEE " + style.day.format(year="" if when.year == now.year else style.year) + ", HH:mm"
    return dates.format_datetime(when, pattern, tzinfo=when.tzinfo, locale=style.locale)


def clock_time(when: datetime, zone: ZoneInfo) -> str:
    """Weekday and time alone, for "now in Milan": domingo, 15:40."""
    return dates.format_datetime(when, "EEEE, HH:mm", tzinfo=zone, locale=writing().locale)


def _day_note(there: date, here: date) -> str:
    if there == here:
        return ""
    return _("previous day") if there < here else _("next day")


def on_clock(when: datetime, zone: ZoneInfo, *, yours: bool = False, beside: date | None = None) -> Moment:
    """The moment on one clock; ``beside`` is the date on the first clock, to say when this one differs."""
    local = when.astimezone(zone)
    now = timezone.now().astimezone(zone)
    note = _day_note(local.date(), beside) if beside else ""
    return Moment(local, place_name(zone), _with_weekday(local, now), yours, note)


def two_clocks(when: datetime, reader: ZoneInfo | None) -> tuple[Moment, ...]:
    """The reader's clock, then Lima's. One clock alone when the reader's zone is Lima's or not known."""
    if reader is None or reader.key == LIMA.key:
        return (on_clock(when, LIMA, yours=reader is not None),)
    first = on_clock(when, reader, yours=True)
    return (first, on_clock(when, LIMA, beside=first.when.date()))

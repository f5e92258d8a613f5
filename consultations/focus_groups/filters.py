"""Which sessions a reader wants to see, from a plain form in the address; and on whose clock."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from portal.clocks import LIMA, place_name, zone_named
from portal.reader import country_name, reader_country, reader_zone
from portal.words import unaccented

from ..models import FocusGroupSession
from . import listing, spoken

Options = list[tuple[str, str]]


class SessionFilter:
    """Three drop-downs. What they offer is what there is; anything else that is asked for is left aside."""

    def __init__(self, request: HttpRequest) -> None:
        self.data = request.GET
        self._own_country = reader_country(request)
        self._own_zone = reader_zone(request)
        self.every = list(listing.sessions_ahead().prefetch_related("group__countries"))

    @cached_property
    def countries(self) -> Options:
        found = {country.code for session in self.every for country in session.group.countries.all()}
        return _in_alphabet((code, country_name(code)) for code in found)

    @cached_property
    def languages(self) -> Options:
        found = {code for session in self.every for code in spoken.languages_of(session)}
        return _in_alphabet((code, spoken.language_name(code)) for code in found)

    @cached_property
    def zones(self) -> Options:
        found = {session.zone for session in self.every} | {LIMA}
        found |= {self.reader} if self.reader else set()
        return _in_alphabet((zone.key, f"{place_name(zone)} (UTC{_offset(zone)})") for zone in found)

    @cached_property
    def country(self) -> str:
        """The one asked for, else the one that the reader chose for the whole site."""
        asked = self.data.get("country", self._own_country).upper()
        return asked if asked in dict(self.countries) else ""

    @cached_property
    def language(self) -> str:
        asked = self.data.get("language", "")
        return asked if asked in dict(self.languages) else ""

    @cached_property
    def reader(self) -> ZoneInfo | None:
        """Whose clock leads: the one asked for here, else the device's own."""
        return zone_named(self.data.get("zone", "")) or self._own_zone

    @cached_property
    def sessions(self) -> list[FocusGroupSession]:
        return [session for session in self.every if self._fits(session)]

    @property
    def is_narrow(self) -> bool:
        return bool(self.country or self.language)

    def _fits(self, session: FocusGroupSession) -> bool:
        theirs = {country.code for country in session.group.countries.all()}
        here = not self.country or not theirs or self.country in theirs
        return here and (not self.language or self.language in spoken.languages_of(session))


def _in_alphabet(options: Iterable[tuple[str, str]]) -> Options:
    return sorted(options, key=lambda option: unaccented(option[1]))


def _offset(zone: ZoneInfo) -> str:
    """Hours from UTC today: +1, −5, +5:30."""
    offset = timezone.now().astimezone(zone).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"

"""What readers told us about where they are: a country if they chose one, a clock if the browser has one.

Both live in cookies alone. Nothing is stored, and nothing is guessed from the address of the connection.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from babel import Locale
from django.http import HttpRequest, HttpResponse

from .clocks import writing, zone_named

COUNTRY_COOKIE = "country"
ZONE_COOKIE = "timezone"
_A_YEAR = 365 * 24 * 3600


def reader_zone(request: HttpRequest) -> ZoneInfo | None:
    return zone_named(request.COOKIES.get(ZONE_COOKIE, ""))


def reader_country(request: HttpRequest) -> str:
    """The ISO code that the reader chose, or an empty string."""
    code = request.COOKIES.get(COUNTRY_COOKIE, "")
    return code if is_country(code) else ""


def is_country(code: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2}", code)) and code in territory_names()


def territory_names() -> dict[str, str]:
    """Countries and territories by ISO code, named in the active language."""
    names = Locale.parse(writing().locale).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code not in _NOT_PLACES}


# CLDR keeps codes for things that nobody lives in.
_NOT_PLACES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


def country_name(code: str) -> str:
    return territory_names().get(code, code)


def remember(response: HttpResponse, *, country: str = "", zone: str = "") -> None:
    """Keep a choice for a year, because the person asked for it."""
    for name, value in ((COUNTRY_COOKIE, country), (ZONE_COOKIE, zone)):
        if value:
            # The browser's own script reads the zone, hence not HttpOnly. Neither says who somebody is.
            response.set_cookie(name, value, max_age=_A_YEAR, samesite="Lax", path="/")


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COUNTRY_COOKIE, path="/", samesite="Lax")
    response.delete_cookie(ZONE_COOKIE, path="/", samesite="Lax")

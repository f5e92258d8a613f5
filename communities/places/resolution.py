"""Which office serves a person who lives somewhere."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Prefetch

from ..enums import OfficeKind, OfficeStatus
from ..models import ConsularDistrict, ConsularOffice
from .folding import fold
from .mentions import districts_mentioned, offices_mentioned


def office_for(*, country: str, region: str = "", on: date | None = None) -> ConsularOffice | None:
    """The office of the region; else of the city; else of the whole country; else the country's only one.

    ``country`` is an ISO code; ``region`` is a name or whatever somebody wrote about where they live.
    ``None`` means that nobody can say from this alone, and that the person has to choose. A suspended office
    still is the one that serves.
    """
    districts = _districts(country, on)
    if here := districts_mentioned(districts, region):
        return _best(here)
    offices = list(ConsularOffice.objects.current(on).in_country(country))
    if len(in_city := offices_mentioned(offices, region)) == 1:
        return in_city[0]
    if everywhere := [district for district in districts if not district.region]:
        return _best(everywhere)
    return offices[0] if len(offices) == 1 else None


def offices_by_country(*, on: date | None = None) -> dict[str, list[ConsularOffice]]:
    """Offices that exist on a day by the code of the country where they are, with their districts."""
    districts = ConsularDistrict.objects.on(on).select_related("country")
    by_country: dict[str, list[ConsularOffice]] = defaultdict(list)
    offices = ConsularOffice.objects.current(on).select_related("country")
    for office in offices.prefetch_related(Prefetch("districts", districts)):
        by_country[office.country_id].append(office)
    return dict(by_country)


def regions_of(country: str, *, on: date | None = None) -> list[str]:
    """Regions of a country that some office serves, to choose from."""
    return sorted({district.region for district in _districts(country, on) if district.region}, key=fold)


def _districts(country: str, on: date | None) -> list[ConsularDistrict]:
    """The district parts in a country whose offices exist on that day, in one query."""
    districts = ConsularDistrict.objects.on(on).filter(
        country_id=country.upper(), office__in=ConsularOffice.objects.current(on)
    )
    return list(districts.select_related("office"))


def _best(districts: list[ConsularDistrict]) -> ConsularOffice:
    office: ConsularOffice = min(districts, key=_preference).office
    return office


def _preference(district: ConsularDistrict) -> tuple[bool, bool, int]:
    """Open before suspended, career before honorary, the newest rule first."""
    since = district.valid_from.toordinal() if district.valid_from else 0
    office: ConsularOffice = district.office
    return office.status != OfficeStatus.OPEN, office.kind == OfficeKind.HONORARY, -since

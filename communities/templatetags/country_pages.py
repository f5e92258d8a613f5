"""Countries in templates: the list to choose from, and the offices of one, with the reader's own first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django import template
from django.db.models import Q
from django.template.context import RequestContext
from django.utils.translation import get_language

from portal.freshness import kept
from portal.reader import reader_country

from ..enums import OfficeKind
from ..models import ConsularOffice, Country, CountryIndexPage, CountryPage
from ..places.folding import fold
from ..places.listing import offices_in
from ..places.resolution import office_for, regions_of

register = template.Library()
LONGEST_REGION = 100


@dataclass(frozen=True)
class CountryChoice:
    """What there is to choose, and where the choice is sent."""

    action: str
    options: tuple[tuple[str, str], ...]
    pages: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class CountryOffices:
    offices: list[ConsularOffice]
    mine: ConsularOffice | None
    regions: list[str]
    region: str
    zones: list[str]


@register.simple_tag(takes_context=True)
def country_choice(context: RequestContext) -> CountryChoice | None:
    """Countries that an office serves, and country pages. Nothing until there is a list page."""
    return kept(f"countries:{get_language()}", _build_choice, request=context.get("request"))


def _build_choice() -> CountryChoice | None:
    index = CountryIndexPage.objects.live().filter(locale__language_code=get_language()).first()
    if index is None:
        return None
    served = Country.objects.filter(Q(offices__isnull=False) | Q(districts__isnull=False)).distinct()
    options = sorted(((country.code, country.name) for country in served), key=lambda pair: fold(pair[1]))
    return CountryChoice(index.get_url() or "", tuple(options), _listed(index))


def _listed(index: CountryIndexPage) -> tuple[tuple[str, str, int], ...]:
    """Title, address and number of offices of each country page."""
    pages = list(index.countries())
    offices = list(ConsularOffice.objects.current().filter(country__in=[page.country_id for page in pages]))
    return tuple((page.title, page.get_url() or "", _count(page, offices)) for page in pages)


def _count(page: CountryPage, offices: list[ConsularOffice]) -> int:
    return sum(1 for office in offices if office.country_id == page.country_id)


@register.simple_tag(takes_context=True)
def chosen_country(context: RequestContext) -> str:
    request = context.get("request")
    return reader_country(request) if request else ""


@register.simple_tag(takes_context=True)
def country_offices(context: RequestContext, code: str) -> CountryOffices:
    """The offices of a country: the one that serves the region asked for first, honorary ones last."""
    request = context.get("request")
    region = request.GET.get("region", "")[:LONGEST_REGION] if request else ""
    mine = office_for(country=code, region=region) if region else None
    listed, regions = kept(f"offices:{code}", partial(_offices_and_regions, code), request=request)
    offices = sorted(listed, key=lambda office: (office != mine, office.kind == OfficeKind.HONORARY))
    zones = list(dict.fromkeys(office.timezone for office in offices))
    return CountryOffices(offices, mine, regions, region, zones[:3])


def _offices_and_regions(code: str) -> tuple[list[ConsularOffice], list[str]]:
    return offices_in(code), regions_of(code)

"""Lists of options that come from the portal's own records: countries and consular offices."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch

from communities.models import ConsularDistrict, ConsularOffice, Country

from ..instrument.definition import Choice, ChoiceList, QuestionKind
from .texts import text_of
from .xlsform.columns import PORTAL_LISTS

# Names of lists that authors cannot use for lists of their own.
LIST_OF = PORTAL_LISTS


def place_lists(kinds: Iterable[QuestionKind]) -> tuple[ChoiceList, ...]:
    """The lists that questions of these kinds need, in a fixed order."""
    wanted = set(kinds)
    makers = {QuestionKind.COUNTRY: countries, QuestionKind.CONSULAR_OFFICE: offices}
    return tuple(make() for kind, make in makers.items() if kind in wanted)


def countries() -> ChoiceList:
    """Every country, by its ISO code, in the order of its Spanish name."""
    choices = (Choice(country.code, text_of(country, "name")) for country in Country.objects.all())
    return ChoiceList(LIST_OF[QuestionKind.COUNTRY], tuple(choices))


def offices() -> ChoiceList:
    """Offices that exist today, by their slug.

    Columns for filters: ``country`` (ISO code of its seat), ``countries`` (codes of all that it serves, with
    spaces between, for ``selected``), ``regions`` (what it serves of a country, with semicolons between).
    """
    served_today = Prefetch("districts", queryset=ConsularDistrict.objects.on())
    found = ConsularOffice.objects.current().prefetch_related(served_today)
    choices = (
        Choice(office.slug, text_of(office, "name"), attributes=_attributes(office)) for office in found
    )
    return ChoiceList(LIST_OF[QuestionKind.CONSULAR_OFFICE], tuple(choices))


def _attributes(office: ConsularOffice) -> dict[str, str]:
    districts: list[ConsularDistrict] = list(office.districts.all())
    served = dict.fromkeys([office.country_id, *(district.country_id for district in districts)])
    regions = "; ".join(district.region for district in districts if district.region)
    attributes = {"country": office.country_id, "countries": " ".join(served), "regions": regions}
    return {name: text for name, text in attributes.items() if text}

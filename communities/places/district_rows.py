"""One row of the districts file: the list of regions that a source gives for an office.

Columns: city, country_iso2 (which office), district, source_url. A district reads
``Illinois; Wisconsin; Michigan (2016)``: parts set off by semicolons; what stands in brackets is no part
of a name but says when or how, and goes to the source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from .folding import fold
from .reading import Problem, Row

REQUIRED = ("city", "country_iso2", "district")
LONGEST = 100
LONGEST_SOURCE = 300
BRACKETS = re.compile(r"\s*\(([^)]*)\)")
# "Regiones de Antofagasta y de Atacama", "Cantons of Geneva": what is announced in the plural.
LEAD = re.compile(
    r"^(?:regiones|cantones|estados|provincias)\s+de\s+|^(?:cantons|states|regions)\s+of\s+", re.IGNORECASE
)
AND_OF = re.compile(r"\s+(?:y|and)\s+(?:de|of)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A region of a country, or (with no region) the whole country."""

    country: str
    region: str


@dataclass(frozen=True)
class DistrictRow:
    row: Row
    office: tuple[str, str]
    parts: tuple[Part, ...]
    source: str


def parse(row: Row, *, codes_by_name: Mapping[str, str]) -> tuple[DistrictRow, list[Problem]]:
    """``codes_by_name`` has the ISO code of each country by its folded name, in every language."""
    problems = [row.problem(column, _("This cell is empty.")) for column in REQUIRED if not row.get(column)]
    country = row.get("country_iso2").upper()
    regions = regions_in(row.get("district"))
    if any(len(region) > LONGEST for region in regions):
        problems.append(row.problem("district", _("A region is too long. Set regions off by semicolons.")))
    source = "; ".join(filter(None, [row.get("source_url"), *BRACKETS.findall(row.get("district"))]))
    if len(source) > LONGEST_SOURCE:
        problems.append(row.problem("source_url", _("The source is too long.")))
    office = (country, slugify(row.get("city")))
    return DistrictRow(row, office, parts_of(regions, country, codes_by_name), source), problems


def regions_in(district: str) -> list[str]:
    """The names in a list: ``"Cantons of Geneva; Vaud (2024)"`` has Geneva and Vaud."""
    pieces = [piece.strip() for piece in BRACKETS.sub("", district).split(";")]
    return [name.strip() for piece in pieces for name in _names_in(piece) if name.strip()]


def _names_in(piece: str) -> list[str]:
    lead = LEAD.match(piece)
    return AND_OF.split(piece[lead.end() :]) if lead else [piece]


def parts_of(regions: list[str], country: str, codes_by_name: Mapping[str, str]) -> tuple[Part, ...]:
    """A list that names the office's own country is a list of countries (``Belgium; Luxembourg``).

    Any other is one of regions of that country: Georgia, in the United States, is not in the Caucasus.
    """
    codes = [codes_by_name.get(fold(region)) for region in regions]
    if country not in codes:
        parts = [Part(country, region) for region in regions]
    else:
        pairs = zip(codes, regions, strict=True)
        parts = [Part(code, "") if code else Part(country, region) for code, region in pairs]
    return tuple(dict.fromkeys(parts))

"""Consular offices and their districts from CSV files: all of them, or none.

A file may be imported again at any time. An office is known by its country and the English name of its
city. What somebody changed by hand since the last import stays, and the report says so; districts that
were added by hand stay too, those that came from a file and are no longer in it go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal import audit

from ..models import ConsularDistrict, ConsularOffice, Country
from . import district_rows, office_rows
from .district_rows import DistrictRow, Part
from .folding import fold
from .merging import merge
from .office_rows import OfficeRow
from .reading import ImportRefusedError, Problem, Row, read_rows

if TYPE_CHECKING:
    from portal.models import User

# The country and the English name of the city.
Key: TypeAlias = tuple[str, str]


@dataclass
class ImportReport:
    """What an import did. ``kept`` names the office and the fields that were edited by hand."""

    created: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    parts_added: int = 0
    parts_removed: int = 0


@transaction.atomic
def import_offices(
    *, offices: Path, districts: Path | None = None, overwrite: bool = False, by: User | None
) -> ImportReport:
    """Create and update offices from a file, and their districts from another.

    ``overwrite`` lets the file win over what was changed by hand.
    Raises ``ImportRefusedError`` with every problem of both files; then nothing is written.
    """
    rows, given = _read(offices, districts)
    report = ImportReport()
    known = _write_offices(rows, report, overwrite=overwrite)
    for row in given:
        _write_district(known[row.office], row, report)
    audit.record(
        "offices.imported",
        by=by,
        created=len(report.created),
        changed=len(report.changed),
        parts=report.parts_added,
    )
    return report


def _read(offices: Path, districts: Path | None) -> tuple[list[OfficeRow], list[DistrictRow]]:
    """Both files, row by row. Collects the problems of both before it refuses."""
    rows, problems = read_rows(offices, required=office_rows.REQUIRED)
    countries = {country.code: country for country in Country.objects.all()}
    parsed = [office_rows.parse(row, countries=countries) for row in rows]
    problems += [problem for _row, found in parsed for problem in found]
    read = [row for row, _found in parsed]
    problems += _twice(read)
    given, district_problems = _read_districts(districts, list(countries.values()))
    problems += district_problems + _homeless(given, read)
    if problems:
        raise ImportRefusedError(
            sorted(problems, key=lambda problem: (problem.file != offices.name, problem.row))
        )
    return read, given


def _read_districts(path: Path | None, countries: list[Country]) -> tuple[list[DistrictRow], list[Problem]]:
    if path is None:
        return [], []
    rows, problems = read_rows(path, required=district_rows.REQUIRED)
    codes = {fold(name): country.code for country in countries for name in country.names}
    parsed = [district_rows.parse(row, codes_by_name=codes) for row in rows]
    problems += [problem for _row, found in parsed for problem in found]
    return [row for row, _found in parsed], problems


def _twice(rows: Sequence[OfficeRow]) -> list[Problem]:
    first: dict[Key, Row] = {}
    problems = []
    for row in rows:
        earlier = first.setdefault(row.key, row.row)
        if all(row.key) and earlier is not row.row:
            message = _("The same office as in row %(row)s: an office is known by its country and city.")
            problems.append(row.row.problem("city", message % {"row": earlier.number}))
    return problems


def _homeless(given: Sequence[DistrictRow], offices: Sequence[OfficeRow]) -> list[Problem]:
    """Districts of an office that neither the file nor the portal has."""
    if not given:
        return []
    keys = {row.key for row in offices} | set(_known_offices())
    message = _("There is no office in this city and country.")
    return [row.row.problem("city", message) for row in given if all(row.office) and row.office not in keys]


def _known_offices() -> dict[Key, ConsularOffice]:
    """Offices by country and city. The city is as first imported, whatever editors call it now."""
    offices = ConsularOffice.objects.prefetch_related("districts")
    return {(office.country_id, slugify(_city_in_files(office))): office for office in offices}


def _city_in_files(office: ConsularOffice) -> str:
    return str(office.imported.get("city_en") or getattr(office, "city_en", "") or office.city)


def _write_offices(
    rows: Sequence[OfficeRow], report: ImportReport, *, overwrite: bool
) -> dict[Key, ConsularOffice]:
    known = _known_offices()
    slugs = {office.slug for office in known.values()}
    for row in rows:
        if row.key not in known:
            known[row.key] = ConsularOffice(country_id=row.country, slug=_free_slug(row, slugs))
        _write_office(known[row.key], row, report, overwrite=overwrite)
    return known


def _free_slug(row: OfficeRow, taken: set[str]) -> str:
    """The city; with its country where another country has a city of that name. Kept for ever."""
    city = slugify(row.city)
    slug = f"{city}-{row.country.lower()}" if city in taken else city
    taken.add(slug)
    return slug


def _write_office(office: ConsularOffice, row: OfficeRow, report: ImportReport, *, overwrite: bool) -> None:
    before = office.imported
    is_new = office._state.adding
    done = merge(office, row.values, overwrite=overwrite)
    if done.kept:
        report.kept[office.slug] = done.kept
    if is_new:
        report.created.append(office.slug)
    elif done.changed:
        report.changed[office.slug] = done.changed
    else:
        report.unchanged.append(office.slug)
    if is_new or done.changed or office.imported != before:
        office.save()


def _write_district(office: ConsularOffice, row: DistrictRow, report: ImportReport) -> None:
    """Add what is new, drop what only an earlier file gave, leave what was added by hand."""
    undated = {
        Part(district.country_id, district.region): district
        for district in office.districts.all()
        if district.valid_from is None
    }
    earlier = {Part(*part) for part in office.imported.get("districts", [])}
    gone = [undated[part] for part in earlier - set(row.parts) if part in undated]
    new = [part for part in row.parts if part not in undated]
    for part in new:
        ConsularDistrict.objects.create(
            office=office, country_id=part.country, region=part.region, source=row.source
        )
    for district in gone:
        district.delete()
    report.parts_added += len(new)
    report.parts_removed += len(gone)
    _remember(office, row, undated)


def _remember(office: ConsularOffice, row: DistrictRow, undated: dict[Part, ConsularDistrict]) -> None:
    """Keep what the file gave, and the source that it gives now for parts that a file gave before."""
    earlier = office.imported.get("districts", [])
    for part in row.parts:
        district = undated.get(part)
        if district and [part.country, part.region] in earlier and district.source != row.source:
            district.source = row.source
            district.save(update_fields=["source"])
    given = [[part.country, part.region] for part in row.parts]
    if given != earlier:
        office.imported = {**office.imported, "districts": given}
        office.save(update_fields=["imported"])

"""Reference figures from a file: what is known of the whole population, with source and definition."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..models import ReferenceFigure

COLUMNS = ("dimension", "category", "share_percent", "definition", "source")
MOST_BYTES = 500_000
_FAR_FROM_WHOLE = Decimal("0.5")


@dataclass(frozen=True)
class BadLine:
    """A line of the file (counted from 1, with the line of titles) that cannot be used, and why."""

    number: int
    reason: str


class CannotImport(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """Nothing was imported. ``lines`` says what is wrong."""

    def __init__(self, lines: list[BadLine]) -> None:
        super().__init__("; ".join(f"{line.number}: {line.reason}" for line in lines))
        self.lines = lines


@transaction.atomic
def import_figures(*, source: bytes, by: User | None) -> int:
    """Replace the figures of each variable in the file; returns how many came in.

    A CSV file in UTF-8 with the columns ``dimension``, ``category``, ``share_percent``, ``definition`` and
    ``source``; ``population_total`` and ``status`` may be there. All or nothing: raises
    :class:`CannotImport` with every bad line.
    """
    figures, bad = _read(source)
    if bad:
        raise CannotImport(bad)
    variables = {figure.variable for figure in figures}
    ReferenceFigure.objects.filter(variable__in=variables).delete()
    ReferenceFigure.objects.bulk_create(figures)
    audit.record("reference_figures.imported", by=by, variables=sorted(variables), figures=len(figures))
    return len(figures)


def _read(source: bytes) -> tuple[list[ReferenceFigure], list[BadLine]]:
    if len(source) > MOST_BYTES:
        return [], [BadLine(1, _("The file is too large."))]
    try:
        rows = csv.DictReader(StringIO(source.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return [], [BadLine(1, _("The file is not in UTF-8."))]
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        return [], [BadLine(1, _("Columns are missing: %(names)s.") % {"names": ", ".join(missing)})]
    figures: list[ReferenceFigure] = []
    bad: list[BadLine] = []
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=2):
        try:
            figure = _figure(row)
            if (figure.variable, figure.category) in seen:
                raise ValidationError(_("This category was there before."))
            seen.add((figure.variable, figure.category))
            figures.append(figure)
        except ValidationError as error:
            bad.append(BadLine(number, " ".join(error.messages)))
    return figures, bad or _wholes(figures) or _nothing(figures)


def _figure(row: Mapping[str, str | None]) -> ReferenceFigure:
    cells = {
        name: (value or "").strip() for name, value in row.items() if name and not isinstance(value, list)
    }
    if not set(COLUMNS) <= set(cells):
        raise ValidationError(_("The line is too short."))
    try:
        share = Decimal(cells["share_percent"])
        total = cells.get("population_total", "")
        population = int(total) if total else None
    except (InvalidOperation, ValueError) as error:
        raise ValidationError(_("A share or a number of people is no number.")) from error
    figure = ReferenceFigure(
        variable=cells["dimension"],
        category=cells["category"],
        share=share,
        population=population,
        definition=cells["definition"],
        source=cells["source"],
        status=cells.get("status", ""),
    )
    figure.clean_fields()
    return figure


def _wholes(figures: list[ReferenceFigure]) -> list[BadLine]:
    """The categories of a variable make a whole; a rest has to be said as "other"."""
    sums: dict[str, Decimal] = {}
    for figure in figures:
        sums[figure.variable] = sums.get(figure.variable, Decimal(0)) + figure.share
    return [
        BadLine(1, _("The shares of “%(name)s” make %(sum)s %%, not 100 %%.") % {"name": name, "sum": total})
        for name, total in sums.items()
        if abs(total - 100) > _FAR_FROM_WHOLE
    ]


def _nothing(figures: list[ReferenceFigure]) -> list[BadLine]:
    return [] if figures else [BadLine(1, _("There are no figures in the file."))]

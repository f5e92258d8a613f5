"""How much of the figures is hidden from somebody without the right to single responses.

In shares of the cells that anybody is in, and of the people in them. What is shown together with others is
shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from consultations.analysis.axes import Axis
from consultations.analysis.crosstabs import CrossTab, crosstab
from consultations.analysis.disclosure import protected_crosstab, protected_tally
from consultations.analysis.frame import Frame
from consultations.analysis.protection import Protection
from consultations.analysis.tallies import tally

# By questions of every kind and size, each with others that somebody would lay it against.
PAIRS = (
    ("connection_to_peru", "age_group"),
    ("connection_to_peru", "trust_consulate"),
    ("country_of_residence", "age_group"),
    ("country_of_residence", "gender"),
    ("country_of_residence", "satisfaction_waiting"),
    ("country_of_residence", "return_plan"),
    ("country_of_residence", "services_used"),
    ("age_group", "gender"),
    ("age_group", "education_level"),
    ("age_group", "employment_status"),
    ("age_group", "trust_consulate"),
    ("age_group", "return_plan"),
    ("age_group", "voted_2026"),
    ("age_group", "services_used"),
    ("gender", "employment_status"),
    ("gender", "main_migration_reason"),
    ("gender", "services_used"),
    ("education_level", "degree_recognised"),
    ("education_level", "occupation_sector"),
    ("year_of_arrival", "main_migration_reason"),
    ("year_of_arrival", "recommend_score"),
    ("main_migration_reason", "migration_status"),
    ("employment_status", "remittance_frequency"),
    ("consular_office", "satisfaction_waiting"),
    ("consular_office", "document_wait_time"),
    ("satisfaction_waiting", "trust_consulate"),
    ("satisfaction_waiting", "recommend_score"),
    ("investment_interest", "return_plan"),
    ("trust_consulate", "trust_foreign_ministry"),
    ("services_used", "help_needed"),
)


@dataclass(frozen=True)
class Hidden:
    """Cells that anybody is in, and people in them (once a cell): all, few by themselves, kept back."""

    cells: int = 0
    few: int = 0
    hidden: int = 0
    people: int = 0
    people_few: int = 0
    people_hidden: int = 0

    def __add__(self, other: Hidden) -> Hidden:
        return Hidden(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def shares(self) -> dict[str, float]:
        """In percent: cells that are small, cells and people of which nothing is shown."""
        return {
            "few": 100 * self.few / max(self.cells, 1),
            "cells": 100 * self.hidden / max(self.cells, 1),
            "people": 100 * self.people_hidden / max(self.people, 1),
        }


def shares(frame: Frame, protection: Protection) -> dict[str, dict[str, float]]:
    return {
        "tallies of all questions": in_tallies(frame, protection).shares,
        f"{len(PAIRS)} tables": in_tables(frame, protection).shares,
    }


def of_counts(counts: Iterable[tuple[int, bool]], minimum: int) -> Hidden:
    """Of true counts, each with whether it is shown."""
    found = [(count, shown) for count, shown in counts if count]
    few, kept = [c for c, _s in found if c < minimum], [c for c, s in found if not s]
    return Hidden(len(found), len(few), len(kept), sum(c for c, _s in found), sum(few), sum(kept))


def in_tallies(frame: Frame, protection: Protection) -> Hidden:
    names = {variable.column.question for variable in frame.variables}
    return sum((_in_tally(frame, name, protection) for name in sorted(names)), Hidden())


def _in_tally(frame: Frame, name: str, protection: Protection) -> Hidden:
    exact = tally(frame, name)
    shown = protected_tally(exact, protection)
    pairs = [
        (option.count or 0, seen.count is not None)
        for line, seen_line in zip(exact.lines, shown.lines, strict=True)
        for option, seen in zip(line.options, seen_line.options, strict=True)
    ]
    return of_counts(pairs, protection.minimum)


def in_tables(frame: Frame, protection: Protection) -> Hidden:
    return sum((in_table(crosstab(frame, *pair), protection) for pair in PAIRS), Hidden())


def in_table(exact: CrossTab, protection: Protection) -> Hidden:
    shown = protected_crosstab(exact, protection)
    return of_counts(_cells(exact, shown), protection.minimum)


def _cells(exact: CrossTab, shown: CrossTab) -> Iterator[tuple[int, bool]]:
    """A cell that is shown together with others is shown."""
    rows, columns = _places(exact.rows, shown.rows), _places(exact.columns, shown.columns)
    for row, line in zip(rows, exact.tables[0].cells, strict=True):
        for column, cell in zip(columns, line, strict=True):
            yield cell.count or 0, shown.tables[0].cells[row][column].count is not None


def _places(exact: Axis, shown: Axis) -> list[int]:
    found = {
        name: place
        for place, category in enumerate(shown.categories)
        for name in category.parts or (category.name,)
    }
    return [found[category.name] for category in exact.categories]

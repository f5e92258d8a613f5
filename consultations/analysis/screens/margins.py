"""Which question of a questionnaire goes with which reference figures, and how their categories match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from portal.reader import territory_names

from ...models import ReferenceFigure
from .. import axes
from ..axes import Axis
from ..filters import FilterError
from ..schemes import EVERY_OTHER, OTHER, in_words
from ..scope import is_country
from .look import Look

# Names by which questions about sex or gender go, beside the reference's own.
SAME_AS: Mapping[str, tuple[str, ...]] = {"sex": ("gender", "sexo", "genero")}


@dataclass(frozen=True)
class Reference:
    """A variable of the reference figures with its categories, the largest first."""

    variable: str
    figures: tuple[ReferenceFigure, ...]

    @cached_property
    def categories(self) -> list[str]:
        return [figure.category for figure in self.figures]


def references() -> list[Reference]:
    found: dict[str, list[ReferenceFigure]] = {}
    for figure in ReferenceFigure.objects.all():
        found.setdefault(figure.variable, []).append(figure)
    return [Reference(variable, tuple(figures)) for variable, figures in found.items()]


@dataclass(frozen=True)
class Matching:
    """A question beside a reference variable. ``match``: category of the answers → of the reference."""

    reference: Reference
    axis: Axis
    match: Mapping[str, str]

    @property
    def margin(self) -> dict[str, Any]:
        """As a weighting scheme keeps it. What is left out is said: names alone would match it again."""
        variable = self.reference.variable
        return {"column": self.axis.field, "reference": variable, "match": dict(self.match)}


def suggested(look: Look, found: Sequence[Reference]) -> list[Matching]:
    """For each reference the question that fits best, if any does."""
    matchings = (_best(look, reference) for reference in found)
    return [matching for matching in matchings if matching is not None]


def matching_of(look: Look, reference: Reference, field: str) -> Matching:
    """A question beside a reference, matched as well as names allow. Raises ``NoAxisError``."""
    axis = look.axis(field)
    return Matching(reference, axis, guessed(axis, reference))


def from_margin(look: Look, margin: Mapping[str, Any], found: Sequence[Reference]) -> Matching | None:
    """A margin as a scheme keeps it; ``None`` where its question or its reference is gone."""
    reference = next((r for r in found if r.variable == margin.get("reference")), None)
    if reference is None:
        return None
    try:
        axis = look.axis(str(margin.get("column", "")))
    except axes.NoAxisError:
        return None
    match = margin.get("match") or guessed(axis, reference)
    return Matching(reference, axis, match)


def guessed(axis: Axis, reference: Reference) -> dict[str, str]:
    """Categories of the same name, or that begin the name of just one; the rest go to "other"."""
    by_name = {category.casefold(): category for category in reference.categories}
    rest = OTHER if OTHER in reference.categories else ""
    return {category.name: _guess(category.name, by_name, rest) for category in axis.categories}


def _guess(name: str, by_name: Mapping[str, str], rest: str) -> str:
    wanted = name.casefold()
    if wanted in by_name:
        return by_name[wanted]
    begun = [category for key, category in by_name.items() if key.startswith(wanted) and key != OTHER]
    return begun[0] if len(begun) == 1 and len(by_name) < 5 else rest


def _best(look: Look, reference: Reference) -> Matching | None:
    names = {reference.variable, *SAME_AS.get(reference.variable, ())}
    fields = candidates(look)
    wanted = [field for field in fields if field in names]
    if reference.variable == "country":
        wanted += [field for field in fields if is_country(look.labels.asking(field))]
    return matching_of(look, reference, wanted[0]) if wanted else None


def candidates(look: Look) -> list[str]:
    """Questions with one answer out of several: a margin counts each person once."""
    found = []
    for name, _label in axes.fields(look.frame):
        if name not in axes.ABOUT and not look.axis(name).overlaps:
            found.append(name)
    return found


def category_label(matching: Matching, category: str, look: Look) -> str:
    """A category of the reference in words: by the answers that match it, or by itself."""
    if not category:
        return _("Counted by no reference")
    if category in (OTHER, EVERY_OTHER):
        return _("Other")
    if matching.reference.variable == "country" and category in territory_names():
        return look.labels.territory(category)
    same = [c for c in matching.axis.categories if matching.match.get(c.name) == category]
    return (
        look.labels.option(matching.axis.field, same[0].name, same[0].label)
        if len(same) == 1
        else in_words(category)
    )


def parsed(
    look: Look, found: Sequence[Reference], scheme_margins: Sequence[Mapping[str, Any]]
) -> list[Matching]:
    """The margins of a scheme. Raises ``FilterError`` where none of them can be used any more."""
    matchings = [m for margin in scheme_margins if (m := from_margin(look, margin, found)) is not None]
    if scheme_margins and not matchings:
        raise FilterError(_("This weighting needs questions or reference figures that are gone."))
    return matchings

"""A weighting scheme over a frame: its margins beside the reference figures, and the weights that follow.

A margin is ``{"column": field, "reference": variable}``, with ``"match": {category: reference category}``
where the names differ. Without ``match``, a category that the reference does not know goes to its ``other``
where it has one; with it, to what stands under ``*``, if anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from ..models import ReferenceFigure, WeightingScheme
from . import axes
from .axes import Coded
from .figures import percent
from .frame import Frame
from .weighting import Raked, Target, rake

OTHER, EVERY_OTHER = "other", "*"
Shares = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Comparison:
    """A category of the population and of the sample, in percent (0 to 100). ``people`` answered in it.

    ``reference`` is ``None`` for people of the sample whom no reference figure counts; ``figure`` has source,
    definition and standing. ``weighted`` is the share under the weights, where there are any.
    """

    category: str
    people: int | None
    sample: float | None
    weighted: float | None
    reference: float | None
    figure: ReferenceFigure | None

    @property
    def difference(self) -> float | None:
        """Sample less reference, in percentage points."""
        return None if self.sample is None or self.reference is None else self.sample - self.reference


def weights_of(frame: Frame, scheme: WeightingScheme) -> pl.Series:
    """A weight for each row of the frame, mean 1. Raises :class:`~.axes.NoAxisError` where a column is
    gone.
    """
    return pl.Series("weight", raked(frame, scheme).weights)


def raked(frame: Frame, scheme: WeightingScheme) -> Raked:
    """The weights of a scheme with the report on how they came about."""
    shares = reference_shares(margin["reference"] for margin in scheme.margins)
    targets = [_target(frame, margin, shares) for margin in scheme.margins]
    return rake(frame.table.height, targets, lowest=float(scheme.lowest), highest=float(scheme.highest))


def reference_shares(variables: Iterable[str]) -> Shares:
    """Shares (0 to 1) by variable and category, as stored."""
    found: dict[str, dict[str, float]] = {}
    for figure in ReferenceFigure.objects.filter(variable__in=set(variables)):
        found.setdefault(figure.variable, {})[figure.category] = float(figure.share) / 100
    return found


def comparison(
    frame: Frame,
    margin: Mapping[str, Any],
    *,
    only: pl.Series | None = None,
    weights: pl.Series | None = None,
) -> list[Comparison]:
    """The sample beside the population, category by category, in the order of the reference.

    Shares are of the people who answered. Categories that the reference does not count come last.
    """
    figures = {f.category: f for f in ReferenceFigure.objects.filter(variable=margin["reference"])}
    coded = axes.coded(frame, margin["column"], only)
    names = [*figures]
    codes = _codes(coded, margin.get("match", {}), names)
    all_weights = np.ones(frame.table.height) if weights is None else weights.cast(pl.Float64).to_numpy()
    kept = all_weights if only is None else all_weights[only.to_numpy()]
    known = coded.given
    places = np.where(codes >= 0, codes, len(names))[known]
    counts = np.bincount(places, minlength=len(names) + 1)
    weighted = np.bincount(places, kept[known], len(names) + 1)
    lines = []
    for place, name in enumerate([*names, ""]):
        figure = figures.get(name)
        if figure is None and not counts[place]:
            continue
        lines.append(
            Comparison(
                category=name,
                people=int(counts[place]),
                sample=percent(int(counts[place]), len(places)),
                weighted=None if weights is None else percent(float(weighted[place]), float(weighted.sum())),
                reference=float(figure.share) if figure else None,
                figure=figure,
            )
        )
    return lines


def in_words(category: str) -> str:
    """A category of a reference that no answer names: a word where there is one, else as it is stored."""
    known = {"female": _("Women"), "male": _("Men")}
    plain = category.replace("_", " ")
    return known.get(category.casefold()) or plain[:1].upper() + plain[1:]


def _target(frame: Frame, margin: Mapping[str, Any], shares: Shares) -> Target:
    wanted = shares.get(margin["reference"], {})
    codes = _codes(axes.coded(frame, margin["column"]), margin.get("match", {}), list(wanted))
    total = sum(wanted.values()) or 1.0
    return Target(margin["reference"], tuple(wanted), codes, np.array([s / total for s in wanted.values()]))


def _codes(coded: Coded, match: Mapping[str, str], names: Sequence[str]) -> NDArray[np.int64]:
    """The place of each row's category among those of the reference, -1 for none."""
    if coded.axis.overlaps:
        raise axes.NoAxisError(coded.axis.field)
    places = {name: place for place, name in enumerate(names)}
    rest = places.get(match.get(EVERY_OTHER, "") if match else OTHER, -1)
    of_category = [places.get(match.get(c.name, c.name), rest) for c in coded.axis.categories]
    # The last place answers for -1, people without an answer.
    found: NDArray[np.int64] = np.array([*of_category, -1], dtype=np.int64)[coded.codes]
    return found

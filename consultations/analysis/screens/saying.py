"""How figures are put: the language of their labels, their base, what is kept back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..figures import Bases, OptionCount
from .choices import Base
from .exhibits import Value
from .labels import Labels
from .writing import KEPT_BACK, count


@dataclass(frozen=True)
class Saying:
    """How figures are put: in which words, on which base, beside which weights."""

    labels: Labels
    base: Base = Base.ANSWERED
    weighted: bool = False

    @property
    def of_base(self) -> str:
        return _("% of those asked") if self.base is Base.ASKED else _("% of those who answered")

    def share(self, option: OptionCount) -> float | None:
        """Percent of the base, not-a-number of nobody."""
        is_asked = self.base is Base.ASKED
        if (option.bases.asked if is_asked else option.bases.answered) == 0:
            return math.nan
        return option.of_asked if is_asked else option.of_answered

    def weighted_share(self, option: OptionCount) -> float | None:
        """The same under the weights."""
        is_asked = self.base is Base.ASKED
        if (option.bases.asked_weight if is_asked else option.bases.weight) == 0:
            return math.nan
        return option.of_asked_weight if is_asked else option.of_weight

    def base_of(self, bases: Bases) -> str:
        if bases.asked == 0:
            return _("Nobody was asked.")
        if bases.answered is None:
            return _("How many answered is hidden to protect people.")
        if bases.asked is None:
            words = _("%(answered)s answered; how many were asked is hidden to protect people.")
            return words % {"answered": count(bases.answered)}
        return _("%(answered)s answered of %(asked)s who were asked.") % {
            "answered": count(bases.answered),
            "asked": count(bases.asked),
        }

    def number(self, value: float | None) -> str:
        return KEPT_BACK if value is None else count(value)


def plain(value: Value) -> float | None:
    """A number that can be drawn; ``None`` for one that is kept back or cannot be had."""
    return float(value) if isinstance(value, int | float) and not math.isnan(value) else None


def share(value: Value) -> float | None:
    """Percent as a part of one, for charts."""
    found = plain(value)
    return None if found is None else found / 100

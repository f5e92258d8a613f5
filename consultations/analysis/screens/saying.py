"""How figures are put: the language of their labels, their base, what is kept back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..figures import Bases, OptionCount
from .choices import Base
from .exhibits import Value
from .labels import Labels
from .writing import count, hidden


@dataclass(frozen=True)
class Saying:
    """How figures are put: in which words, on which base, beside which weights."""

    labels: Labels
    minimum: int
    base: Base = Base.ANSWERED
    weighted: bool = False

    @property
    def of_base(self) -> str:
        return _("% of those asked") if self.base is Base.ASKED else _("% of those who answered")

    def share(self, option: OptionCount) -> float | None:
        return option.of_asked if self.base is Base.ASKED else option.of_answered

    def base_of(self, bases: Bases) -> str:
        return _("%(answered)s answered of %(asked)s who were asked.") % {
            "answered": self.number(bases.answered),
            "asked": self.number(bases.asked),
        }

    def number(self, value: float | None) -> str:
        return hidden(self.minimum) if value is None else count(value)


def plain(value: Value) -> float | None:
    """A number that can be drawn; ``None`` for one that is kept back or cannot be had."""
    return float(value) if isinstance(value, int | float) and not math.isnan(value) else None


def share(value: Value) -> float | None:
    """Percent as a part of one, for charts."""
    found = plain(value)
    return None if found is None else found / 100

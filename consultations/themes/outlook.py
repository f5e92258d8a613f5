"""What one person may learn about the themes of a consultation in numbers, whether or not they read texts.

People are counted over the rows of the Frame that concern the person (``Look``): a unit's, an office's.
Whoever may not read the texts that were counted gets figures with small ones kept back. What the digest and
the report hide is hidden here, too. ADR 0059 says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from .. import rules
from ..analysis import axes, crosstabs, disclosure, scope
from ..analysis.axes import Axis, Category, Coded
from ..analysis.crosstabs import CrossTab
from ..analysis.figures import percent
from ..analysis.protection import Protection
from ..analysis.screens.look import Look
from ..models import Code, Consultation
from .protected import Measure, hidden_of, hidden_themes
from .tallies import FLAG, code_columns, counts, standing
from .wording import Codes, Theme

YES, NO = "1", "0"


def theme_protection(user: rules.Anyone, consultation: Consultation, *, filtered: bool = False) -> Protection:
    """Full numbers only for who may read every text that is in them, the sensitive ones among them."""
    protection = Protection.of(user, consultation, filtered=filtered)
    sensitive = standing(consultation).coded().filter(sensitive=True).exists()
    return replace(protection, applies=protection.covers(sensitive=sensitive))


@dataclass(frozen=True)
class PeopleLine:
    """A theme with how many people speak of it; ``None`` where that is kept back."""

    theme: Theme
    people: int | None
    # Of those whose answers were coded, in percent.
    share: float | None


@dataclass(frozen=True)
class Outlook:
    """The themes of a consultation through the eyes of a person."""

    look: Look
    codes: Codes

    @cached_property
    def protection(self) -> Protection:
        return theme_protection(self.look.user, self.look.consultation, filtered=bool(self.look.scope))

    @cached_property
    def flags(self) -> pl.DataFrame:
        return code_columns(self.look.frame, self.look.consultation)

    @cached_property
    def coded(self) -> int:
        """People of whom a text was coded."""
        columns = [column for column in self.flags.columns if column.startswith(FLAG)]
        return self.flags.height - self.flags[columns[0]].null_count() if columns else 0

    @cached_property
    def people(self) -> Mapping[int, int]:
        names = {code.pk: f"{FLAG}{code.name}" for code in self.codes.rows}
        return {key: int(self.flags[name].sum() or 0) for key, name in names.items()}

    @cached_property
    def hidden(self) -> frozenset[int]:
        """The keys of themes of which no number is told."""
        if not self.protection.applies:
            return frozenset()
        own = hidden_themes(self.codes.tree, [Measure(self.coded, self.people)], self.protection)
        return own | hidden_of(counts(self.look.consultation), self.protection)

    @property
    def base(self) -> int | None:
        return self.protection.shown(self.coded) if self.protection.applies else self.coded

    @property
    def lines(self) -> list[PeopleLine]:
        """In the order of the tree; of the retired those that somebody speaks of."""
        listed = [t for t in self.codes.themes if self.people[t.code.pk] or not t.code.is_retired]
        return [self.line(theme) for theme in listed]

    def line(self, theme: Theme) -> PeopleLine:
        key = theme.code.pk
        if key in self.hidden:
            return PeopleLine(theme, None, None)
        people = self.protection.rounded(self.people[key])
        return PeopleLine(theme, people, percent(people, self.base))

    @cached_property
    def country(self) -> str:
        """The field that says where people live; blank where nobody was asked."""
        asked = (v for v in self.look.frame.variables if scope.is_country(v.question))
        return next((variable.column.question for variable in asked), "")

    def by_country(self, code: Code) -> CrossTab | None:
        """Countries by whether people speak of a theme, over those whose answers were coded."""
        if not self.country or code.pk in self.hidden:
            return None
        table = crosstabs.crossed(axes.coded(self.look.frame, self.country), self._axis(code))
        return disclosure.protected_crosstab(table, self.protection) if self.protection.applies else table

    def _axis(self, code: Code) -> Coded:
        flags = self.flags[f"{FLAG}{code.name}"]
        speaking = self.people[code.pk]
        categories = (Category(YES, {}, speaking), Category(NO, {}, self.coded - speaking))
        axis = Axis(f"{FLAG}{code.name}", "", {}, categories, asked=flags.len(), answered=self.coded)
        return Coded(axis, (1 - flags.cast(pl.Int64)).fill_null(-1).to_numpy().astype(np.int64))

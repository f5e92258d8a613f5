"""How many people chose each option, for codebooks: they are passed on, so small numbers are kept back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..analysis.disclosure import protected_tally
from ..analysis.figures import Tally
from ..analysis.frame import Frame, Variable
from ..analysis.protection import Protection
from ..analysis.tallies import tally
from ..instrument.columns import ColumnRole


@dataclass(frozen=True)
class Counts:
    """Figures of each question, worked out once."""

    frame: Frame
    protection: Protection

    @cached_property
    def tallies(self) -> Mapping[str, Tally]:
        names = dict.fromkeys(variable.column.question for variable in self.frame.variables)
        return {name: protected_tally(tally(self.frame, name), self.protection) for name in names}

    def answered(self, variable: Variable) -> int | None:
        """People with an answer in the column; ``None`` where it is kept back."""
        figures = self.tallies[variable.column.question]
        if variable.column.role is ColumnRole.OTHER:
            return self.protection.shown(int(self.frame.table[variable.column.name].is_not_null().sum()))
        line = next((line for line in figures.lines if line.name == variable.column.name), None)
        return line.bases.answered if line else figures.bases.answered

    def chosen(self, variable: Variable) -> dict[str, int | None]:
        """By option, for columns that hold one of several."""
        figures = self.tallies[variable.column.question]
        if variable.column.role is ColumnRole.FLAG:
            return {o.name: o.count for o in figures.lines[0].options if o.name == variable.column.option}
        for line in figures.lines:
            if line.name == variable.column.name and variable.codes:
                return {option.name: option.count for option in line.options}
        return {}

"""The answers as statistics programs want them: short names, numbers with labels, levels of measurement.

Options become numbers: their own codes where all are whole numbers (grades, for instance), else 1, 2, 3 … in
the order of the questionnaire. New options of a later version come last, so that a number never changes its
meaning. Why a number is missing is said by a gap: the question was not asked, or not answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..analysis import frame as frames
from ..analysis.asked import answered, asked
from ..analysis.frame import Frame, Variable
from ..instrument.columns import ColumnRole, ColumnType
from ..instrument.definition import QuestionKind, text_in
from ..instrument.kinds import Level
from .codebook import ABOUT_THE_RESPONSE
from .extras import Extra

_UNFIT = re.compile(r"[^A-Za-z0-9_]")
# No word is reserved: this matches no name at all.
NO_WORD = re.compile(r"(?!)")


class Gap(StrEnum):
    """Why a number is missing; the letters are those of Stata's extended missing values."""

    NOT_ASKED = "a"
    NOT_ANSWERED = "b"
    NOT_RANKED = "c"


GAP_LABELS: dict[Gap, Promise | str] = {
    Gap.NOT_ASKED: gettext_lazy("Not asked"),
    Gap.NOT_ANSWERED: gettext_lazy("Not answered"),
    Gap.NOT_RANKED: gettext_lazy("Not ranked"),
}


@dataclass(frozen=True)
class DataVariable:
    """One variable. ``source`` is its column in the frame, ``codes`` what each option is written as.

    ``question`` is blank where nobody was asked: fields about the response. ``off_scale`` are numbers of
    answers that are no step of a scale ("does not apply"): no mean may count them.
    """

    name: str
    source: str
    label: str
    level: Level
    codes: Mapping[str, int] = field(default_factory=dict)
    value_labels: Mapping[int, str] = field(default_factory=dict)
    question: str = ""
    is_rank: bool = False
    off_scale: tuple[int, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """A row a response, a column a variable; every text and label in one language."""

    frame: Frame
    variables: tuple[DataVariable, ...]
    title: str
    language: str

    @cached_property
    def table(self) -> pl.DataFrame:
        """Options as numbers, under the short names. Days are dates; what was not answered is null."""
        return self.frame.table.select(_column(variable) for variable in self.variables)

    def has_gaps(self, variable: DataVariable) -> bool:
        """Whether it holds numbers that can be missing for a reason: texts and days are left empty."""
        return bool(variable.question) and self.table.schema[variable.name].is_numeric()

    def gaps(self, variable: DataVariable) -> pl.Series:
        """For each row the letter of its :class:`Gap`, null where there is an answer."""
        cell = self.table[variable.name]
        was_asked, has_answer = asked(self.frame, variable.question), answered(self.frame, variable.question)
        rest = Gap.NOT_RANKED if variable.is_rank else Gap.NOT_ANSWERED
        reason = (
            pl.when(~was_asked)
            .then(pl.lit(Gap.NOT_ASKED.value))
            .when(has_answer)
            .then(pl.lit(rest.value))
            .otherwise(pl.lit(Gap.NOT_ANSWERED.value))
        )
        return pl.select(pl.when(cell.is_null()).then(reason).alias(variable.name)).to_series()

    def gap_numbers(self, variable: DataVariable) -> dict[Gap, int]:
        """Numbers below everything that the variable holds, to stand for its gaps: -9, -8, -7 or -99 …"""
        lowest = min([0, *variable.value_labels, _lowest(self.table[variable.name])])
        size = next(10**power for power in range(1, 19) if 7 - 10**power < lowest - 1)
        return {
            Gap.NOT_ANSWERED: 1 - size,
            Gap.NOT_ASKED: 2 - size,
            **({Gap.NOT_RANKED: 3 - size} if variable.is_rank else {}),
        }


def _lowest(cells: pl.Series) -> int:
    found: Any = cells.min()
    return int(found) - 1 if isinstance(found, int | float) else 0


def dataset(
    frame: Frame,
    extras: Sequence[Extra] = (),
    *,
    title: str,
    language: str,
    longest: int,
    reserved: re.Pattern[str] = NO_WORD,
) -> Dataset:
    """The frame as a data set whose names have at most ``longest`` characters and differ in any case.

    No name matches ``reserved``. Words are in ``language``, which the caller has made the active one.
    """
    columns = [*frames.ABOUT_THE_RESPONSE, *(v.column.name for v in frame.variables)]
    named = _names([*columns, *(extra.name for extra in extras)], longest, reserved)
    about = (
        DataVariable(named[name], name, str(ABOUT_THE_RESPONSE[name]), _ABOUT_LEVELS.get(name, Level.NOMINAL))
        for name in frames.ABOUT_THE_RESPONSE
    )
    asked = (_variable(variable, named[variable.column.name], language) for variable in frame.variables)
    beside = (_beside(extra, named[extra.name]) for extra in extras)
    return Dataset(frame, (*about, *asked, *beside), title, language)


_ABOUT_LEVELS = {frames.ID: Level.TEXT, frames.DAY: Level.SCALE, frames.VERSION: Level.ORDINAL}


def _beside(extra: Extra, name: str) -> DataVariable:
    flags = {0: _("no"), 1: _("yes")} if extra.is_flag else {}
    return DataVariable(name, extra.name, extra.label, extra.level, value_labels=flags)


def _variable(variable: Variable, name: str, language: str) -> DataVariable:
    column, default = variable.column, variable.newest.definition.default_language
    plain = DataVariable(
        name,
        column.name,
        text_in(column.label, language, default),
        column.level,
        question=column.question,
        is_rank=column.role is ColumnRole.RANK,
    )
    if column.role is ColumnRole.FLAG:
        return replace(plain, level=Level.NOMINAL, value_labels={0: _("no"), 1: _("yes")})
    if column.type is not ColumnType.NAME or not variable.codes:
        return plain
    codes = numbered(variable.codes)
    words = {
        codes[code]: _("Agreed")
        if variable.question.kind is QuestionKind.ACKNOWLEDGE
        else text_in(choice.label, language, default) or code
        for code, choice in variable.codes.items()
    }
    off = _off_scale(codes) if column.level is not Level.NOMINAL else ()
    return replace(plain, codes=codes, value_labels=words, off_scale=off)


def numbered(names: Iterable[str]) -> dict[str, int]:
    """A number for each code: its own if all are whole numbers, else its place, counted from 1.

    A few words among the numbers ("na") are numbered upwards from 90, beyond any grade.
    """
    names = list(names)
    own = _own_numbers(names)
    if not own:
        return {name: place for place, name in enumerate(names, start=1)}
    first = max(90, *own.values()) + (max(own.values()) >= 90)
    words = (name for name in names if name not in own)
    return own | {name: first + place for place, name in enumerate(words)}


def _own_numbers(names: Sequence[str]) -> dict[str, int]:
    """Of codes that are numbers; none where no more than half of the codes are."""
    own = {name: int(name) for name in names if re.fullmatch(r"-?(0|[1-9]\d{0,3})", name)}
    return own if 2 * len(own) > len(names) else {}


def _off_scale(codes: Mapping[str, int]) -> tuple[int, ...]:
    """The words among the numbers."""
    own = _own_numbers(list(codes))
    return tuple(number for name, number in codes.items() if own and name not in own)


def _column(variable: DataVariable) -> pl.Expr:
    column = pl.col(variable.source).alias(variable.name)
    if not variable.codes:
        return column
    return column.replace_strict(dict(variable.codes), default=None, return_dtype=pl.Int32)


def _names(names: Iterable[str], longest: int, reserved: re.Pattern[str]) -> dict[str, str]:
    """Short names that programs accept. Two that would be the same get a number at their end.

    Whoever needs no change keeps its name: what is called alike in two formats is the same column.
    """
    fits = {name: _fit(name, reserved)[:longest] for name in names}
    taken: set[str] = set()
    return {name: _free(fits[name], taken, longest) for name in sorted(fits, key=lambda n: fits[n] != n)}


def _fit(name: str, reserved: re.Pattern[str]) -> str:
    """Letters, digits and underscores, a letter first: ``used/pass`` is ``used_pass``, ``if`` is ``v_if``."""
    fit = _UNFIT.sub("_", name)
    if reserved.fullmatch(fit):
        return f"v_{fit}"
    return fit if fit[0].isalpha() else f"v{fit}"


def _free(name: str, taken: set[str], longest: int) -> str:
    found = next(option for option in _options(name, longest) if option.lower() not in taken)
    taken.add(found.lower())
    return found


def _options(name: str, longest: int) -> Iterator[str]:
    yield name
    for number in range(2, 100_000):
        tail = f"_{number}"
        yield name[: longest - len(tail)] + tail

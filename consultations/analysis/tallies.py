"""What was answered to one question, in figures. Options are counted one by one, never in combinations.

Percentages are of a stated base: who answered, or who was asked (``asked.py``). A response is sent as a
whole, so that for sent responses "seen" and "asked" are the same. How long people took is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from ..instrument.columns import Column, ColumnRole
from ..instrument.definition import Question, QuestionKind, Text
from ..instrument.kinds import Level
from . import numbers, words
from .asked import answered, asked, columns_of
from .branches import branches
from .figures import Bases, Line, OptionCount, Ranked, Tally, likert_of
from .frame import DAY, LANGUAGE, Frame

K = QuestionKind
# A scale with more steps than this is described by bars that hold several.
MOST_STEPS = 21


@dataclass(frozen=True)
class _Part:
    """The rows that are looked at, with their weights."""

    frame: Frame
    table: pl.DataFrame
    rows: pl.Series | None
    weights: pl.Series

    def bases(self, question: str, given: pl.Series | None = None) -> Bases:
        was_asked = self.of(asked(self.frame, question))
        answers = self.of(answered(self.frame, question)) if given is None else given
        weight = float(self.weights.filter(answers).sum())
        asked_weight = float(self.weights.filter(was_asked).sum())
        return Bases(self.table.height, int(was_asked.sum()), int(answers.sum()), weight, asked_weight)

    def of(self, series: pl.Series) -> pl.Series:
        return series if self.rows is None else series.filter(self.rows)


def tally(
    frame: Frame, question: str, *, rows: pl.Series | None = None, weights: pl.Series | None = None
) -> Tally:
    """The figures of a question over the rows that a mask lets through (all of them without one).

    ``rows`` is Boolean, ``weights`` numeric, both as long as the frame. Choices, countries, offices and
    acknowledgements fill ``lines`` with one line; a matrix with one a row; a ranking fills ``ranking``;
    scales ``numbers`` and one line; integers and decimals ``numbers``; texts ``texts``; dates ``days``.
    Raises ``KeyError`` for a question without answers of its own.
    """
    if rows is not None or weights is not None:
        return _counted(frame, question, rows, weights)
    if question not in frame.figures:
        frame.figures[question] = _counted(frame, question, None, None)
    kept: Tally = frame.figures[question]
    return kept


def _counted(frame: Frame, question: str, rows: pl.Series | None, weights: pl.Series | None) -> Tally:
    table = frame.table if rows is None else frame.table.filter(rows)
    all_weights = weights if weights is not None else pl.Series([1.0]).new_from_index(0, frame.table.height)
    part = _Part(frame, table, rows, all_weights if rows is None else all_weights.filter(rows))
    found = [c for c in columns_of(frame, question) if c.role is not ColumnRole.OTHER]
    variable = next(v for v in frame.variables if v.column.question == question)
    made = _TALLIES[variable.question.kind](part, variable.question, found)
    return replace(made, sensitive=variable.is_sensitive, branches=branches(frame, question))


def by_context(
    frame: Frame, name: str, *, rows: pl.Series | None = None, weights: pl.Series | None = None
) -> Mapping[str, tuple[int, float]]:
    """Responses by a field about the response (``frame.LANGUAGE``, ``DAY``, ``CHANNEL``, ``VERSION``).

    Value → (number, sum of weights), the most frequent first; days in their order and as ``YYYY-MM-DD``.
    """
    weight = weights if weights is not None else pl.Series([1.0]).new_from_index(0, frame.table.height)
    table = frame.table.select(pl.col(name).cast(pl.String).alias("value")).with_columns(weight.alias("w"))
    table = table if rows is None else table.filter(rows)
    found = table.group_by("value").agg(pl.len().alias("n"), pl.col("w").sum())
    ordered = found.sort("value") if name == DAY else found.sort(["n", "value"], descending=[True, False])
    return {value: (count, weight) for value, count, weight in ordered.iter_rows()}


# --- One function a kind ------------------------------------------------------------------------------------


def _choices(part: _Part, question: Question, found: list[Column]) -> Tally:
    bases = part.bases(question.name)
    return Tally(question, bases, lines=(_line(part, found[0], bases),))


def _flags(part: _Part, question: Question, found: list[Column]) -> Tally:
    bases = part.bases(question.name)
    options = []
    for column in found:
        chosen = (part.table[column.name] == 1).fill_null(value=False)
        label = _label(part.frame, question, column.option)
        count, weight = int(chosen.sum()), float(part.weights.filter(chosen).sum())
        options.append(OptionCount(column.option, label, count, weight, bases))
    return Tally(question, bases, lines=(Line(question.name, question.label, bases, tuple(options)),))


def _matrix(part: _Part, question: Question, found: list[Column]) -> Tally:
    lines = []
    for column in found:
        bases = part.bases(question.name, part.table[column.name].is_not_null())
        lines.append(_line(part, column, bases))
    return Tally(question, part.bases(question.name), lines=tuple(lines))


def _line(part: _Part, column: Column, bases: Bases) -> Line:
    counts = _counts(part.table[column.name], part.weights)
    codes = next(v.codes for v in part.frame.variables if v.column.name == column.name)
    # Countries and offices have no list of their own: then every value stands for itself, in order of size.
    names = [*codes, *sorted(set(counts) - set(codes), key=lambda name: (-counts[name][0], name))]
    options = tuple(
        OptionCount(name, codes[name].label if name in codes else {}, *counts.get(name, (0, 0.0)), bases)
        for name in names
    )
    likert = likert_of(options) if column.level is Level.ORDINAL else None
    return Line(column.name, column.label, bases, options, likert)


def _counts(cells: pl.Series, weights: pl.Series) -> dict[str, tuple[int, float]]:
    table = pl.DataFrame({"value": cells, "w": weights}).drop_nulls("value")
    found = table.group_by("value").agg(pl.len().alias("n"), pl.col("w").sum())
    return {str(value): (count, weight) for value, count, weight in found.iter_rows()}


def _ranking(part: _Part, question: Question, found: list[Column]) -> Tally:
    bases = part.bases(question.name)
    size = len(found)
    ranked = []
    for column in found:
        ranks = part.table[column.name].drop_nulls()
        total = int(ranks.sum())
        points = size * len(ranks) - total
        ranked.append(
            Ranked(
                name=column.option,
                label=_label(part.frame, question, column.option),
                ranked=len(ranks),
                first=int((ranks == 1).sum()),
                mean_rank=total / len(ranks) if len(ranks) else float("nan"),
                borda=points,
                mean_borda=points / bases.answered if bases.answered else float("nan"),
            )
        )
    return Tally(question, bases, ranking=tuple(ranked))


def _label(frame: Frame, question: Question, option: str) -> Text:
    for version in frame.versions:
        for choice in version.definition.choices_of(question):
            if choice.name == option:
                return choice.label
    return {}


def _numbers(part: _Part, question: Question, found: list[Column]) -> Tally:
    given, weights = _given(part, found[0])
    step = 1.0 if question.kind is K.INTEGER and given.n_unique() <= MOST_STEPS and _narrow(given) else None
    return Tally(question, part.bases(question.name), numbers=numbers.describe(given, weights, step=step))


def _narrow(given: pl.Series) -> bool:
    low, high = given.min(), given.max()
    return isinstance(low, int) and isinstance(high, int) and high - low < MOST_STEPS


def _scale(part: _Part, question: Question, found: list[Column]) -> Tally:
    """Every step is an option, chosen or not."""
    bases = part.bases(question.name)
    given, weights = _given(part, found[0])
    start, end, step = (float(n or 0) for n in (question.start, question.end, question.step))
    size = round((end - start) / step) + 1 if step else 0
    if not 1 < size <= MOST_STEPS:
        return Tally(question, bases, numbers=numbers.describe(given, weights))
    counts = _counts(((given - start) / step).round().cast(pl.Int64).cast(pl.String), weights)
    options = tuple(
        OptionCount(f"{start + place * step:g}", {}, *counts.get(str(place), (0, 0.0)), bases)
        for place in range(size)
    )
    line = Line(question.name, question.label, bases, options)
    return Tally(question, bases, lines=(line,), numbers=numbers.describe(given, weights, step=step))


def _given(part: _Part, column: Column) -> tuple[pl.Series, pl.Series]:
    cells = part.table[column.name]
    return cells.drop_nulls(), part.weights.filter(cells.is_not_null())


def _texts(part: _Part, question: Question, found: list[Column]) -> Tally:
    given = part.table.select(found[0].name, LANGUAGE).drop_nulls(found[0].name)
    return Tally(
        question,
        part.bases(question.name),
        texts=words.describe(given[found[0].name], given[LANGUAGE]),
    )


def _days(part: _Part, question: Question, found: list[Column]) -> Tally:
    counts = part.table[found[0].name].drop_nulls().value_counts().sort(found[0].name)
    days = {day.isoformat(): count for day, count in counts.iter_rows()}
    return Tally(question, part.bases(question.name), days=days)


_TALLIES: Mapping[QuestionKind, Callable[[_Part, Question, list[Column]], Tally]] = {
    K.SINGLE_CHOICE: _choices,
    K.COUNTRY: _choices,
    K.CONSULAR_OFFICE: _choices,
    K.ACKNOWLEDGE: _choices,
    K.MULTIPLE_CHOICE: _flags,
    K.MATRIX: _matrix,
    K.RANKING: _ranking,
    K.SCALE: _scale,
    K.INTEGER: _numbers,
    K.DECIMAL: _numbers,
    K.DATE: _days,
    K.SHORT_TEXT: _texts,
    K.LONG_TEXT: _texts,
}

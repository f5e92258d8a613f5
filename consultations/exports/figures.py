"""Tables of figures: what was answered, counted and protected, for whoever may not have single responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl
from django.utils.translation import gettext as _

from ..analysis.figures import Bases, Line, Tally
from ..reports import words
from ..reports.printed import Printed
from ..reports.words import Speaker

Row = Mapping[str, str | int | float | None]


def sheets(look: Printed) -> dict[str, pl.DataFrame]:
    """By title, in the language of the look, which is the active one. What is kept back is empty and
    marked.
    """
    rows = list(_rows(look)) if look.frame.versions else []
    headings = _headings()
    return {_("Figures"): pl.DataFrame(rows, schema=headings)}


def _headings() -> dict[str, type[pl.DataType]]:
    return {
        _("Question"): pl.String,
        _("Text"): pl.String,
        _("Statement"): pl.String,
        _("Answer"): pl.String,
        _("Measure"): pl.String,
        _("Value"): pl.Float64,
        _("Percent of those who answered"): pl.Float64,
        _("% weighted"): pl.Float64,
        _("Asked"): pl.Int64,
        _("Answered"): pl.Int64,
        _("Kept back"): pl.String,
    }


def _rows(look: Printed) -> Iterator[Row]:
    speaker = Speaker.of(look.frame.definition, look.language)
    for name in dict.fromkeys(variable.column.question for variable in look.frame.variables):
        yield from _of(look.tally(name), speaker, weighted=look.weights is not None)


def _of(figures: Tally, speaker: Speaker, *, weighted: bool) -> Iterator[Row]:
    for line in figures.lines:
        statement = _statement(figures, line, speaker)
        for option in line.options:
            answer = speaker.option(figures.question, option)
            told = (answer, _("People"), option.count, option.of_answered)
            weight = option.of_weight if weighted else None
            yield _row(figures, speaker, line.bases, *told, statement=statement, weight=weight)
    for ranked in figures.ranking:
        label = speaker.say(ranked.label) or ranked.name
        for measure, value in (
            (_("Put first"), ranked.first),
            (_("Mean place"), ranked.mean_rank),
            (_("Mean points"), ranked.mean_borda),
        ):
            yield _row(figures, speaker, figures.bases, label, measure, value, None)
    for measure, value in _numbers(figures):
        yield _row(figures, speaker, figures.bases, "", measure, value, None)
    if not (figures.lines or figures.ranking or figures.numbers):
        yield _row(figures, speaker, figures.bases, "", _("People"), figures.bases.answered, None)


def _numbers(figures: Tally) -> Iterator[tuple[str, float | None]]:
    if figures.numbers is None or not figures.numbers.count:
        return
    numbers = figures.numbers
    yield _("Mean"), numbers.mean
    yield _("A quarter lies below"), numbers.quartiles[0]
    yield _("Half lie below (median)"), numbers.quartiles[1]
    yield _("Three quarters lie below"), numbers.quartiles[2]


def _statement(figures: Tally, line: Line, speaker: Speaker) -> str:
    row = next((row for row in figures.question.rows if row.name == line.name), None)
    return speaker.say(row.label) or row.name if row else ""


def _row(
    figures: Tally,
    speaker: Speaker,
    bases: Bases,
    answer: str,
    measure: str,
    value: float | None,
    percent: float | None,
    *,
    statement: str = "",
    weight: float | None = None,
) -> Row:
    cells = (
        figures.question.name,
        speaker.say(figures.question.label),
        statement or None,
        answer or None,
        measure,
        value if value is None else float(value),
        None if percent is None else round(percent, 1),
        None if weight is None else round(weight, 1),
        bases.asked,
        bases.answered,
        words.HIDDEN if value is None else None,
    )
    return dict(zip(_headings(), cells, strict=True))

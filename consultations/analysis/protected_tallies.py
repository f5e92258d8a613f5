"""The figures of one question without what could tell of few people."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .figures import Bases, Line, OptionCount, Ranked, Tally
from .numbers import Bar, Numbers
from .protection import Protection
from .suppression import pool
from .weeks import Grain, taken_together
from .words import Texts


def protected(tally: Tally, protection: Protection) -> Tally:
    """Each part as its own rule says; nothing at all where fewer than the minimum were looked at or
    answered.
    """
    bases = tally.bases
    if (bases.responses or 0) < protection.minimum or 0 < (bases.answered or 0) < protection.minimum:
        return _nothing(tally, protection)
    lines = tuple(_line(tally, line, protection) for line in tally.lines)
    hides = any(option.count is None for line in lines for option in line.options)
    whole = _bases(tally, lines, protection)
    grain, days = _days(tally, protection)
    return replace(
        tally,
        bases=whole,
        lines=lines,
        ranking=_ranking(tally.ranking, whole, protection),
        numbers=_numbers(tally.numbers, protection, hides=hides) if tally.numbers else None,
        texts=_texts(tally.texts, protection) if tally.texts else None,
        days=days,
        grain=grain,
    )


def hidden_places(
    counts: Sequence[int],
    names: Sequence[str],
    bases: Bases,
    branches: Iterable[frozenset[str]],
    protection: Protection,
) -> frozenset[int]:
    """Which options of a line are hidden; the place behind the last stands for people without an answer.

    These are of interest only where logic decides who is asked: then a small number of people who were not
    asked tells of an answer to another question.
    """
    missing = (bases.responses or 0) - (bases.answered or 0)
    # Where rows of a matrix or the whole question went unasked, a base tells of the answers that led there.
    was_routed = (bases.asked or 0) < (bases.responses or 0)
    last = len(counts)
    sums = [frozenset(p for p, name in enumerate(names) if name in branch) for branch in branches]
    return pool(
        [*counts, missing],
        protection.minimum,
        sums=sums,
        harmless=() if was_routed else (last,),
    )


def hidden_options(
    counts: Sequence[int], answered: int, protection: Protection, *, start: Iterable[int] = ()
) -> frozenset[int]:
    """Of several choices: options that few chose, or that few did not choose; never one alone."""
    tells = {
        place
        for place, count in enumerate(counts)
        if 0 < count < protection.minimum or 0 < answered - count < protection.minimum
    }
    return pool(counts, protection.minimum, start=tells | set(start))


def _line(tally: Tally, line: Line, protection: Protection) -> Line:
    counts = [option.count or 0 for option in line.options]
    if tally.overlaps:
        hidden = hidden_options(counts, line.bases.answered or 0, protection)
        bases = _rounded(line.bases, protection)
    else:
        names = [option.name for option in line.options]
        hidden = hidden_places(counts, names, line.bases, tally.branches, protection)
        bases = _line_bases(line.bases, len(counts) in hidden, protection)
    if 0 < (line.bases.answered or 0) < protection.minimum:
        hidden, bases = frozenset(range(len(counts))), _unknown(bases)
    options = tuple(
        _hidden_option(option, bases) if place in hidden else _shown_option(option, bases, protection)
        for place, option in enumerate(line.options)
    )
    likert = None if hidden or protection.coarse else line.likert
    together = _together(tally, line, hidden)
    others = _shown_option(together, bases, protection) if together and bases.answered is not None else None
    return replace(line, bases=bases, options=options, likert=likert, others=others)


def _together(tally: Tally, line: Line, hidden: frozenset[int]) -> OptionCount | None:
    """The hidden options as one, unless people chose several: then a sum would count them twice.

    Nothing where no option is shown beside them: that would be everybody.
    """
    apart = [option for place, option in enumerate(line.options) if place in hidden]
    rest = sum(option.count or 0 for place, option in enumerate(line.options) if place not in hidden)
    if tally.overlaps or len(apart) < 2 or not rest:
        return None
    people, weight = (
        sum(option.count or 0 for option in apart),
        sum(option.weighted or 0 for option in apart),
    )
    return OptionCount("", {}, people, weight, line.bases)


def _hidden_option(option: OptionCount, bases: Bases) -> OptionCount:
    return replace(option, count=None, weighted=None, bases=bases)


def _shown_option(option: OptionCount, bases: Bases, protection: Protection) -> OptionCount:
    """Weights in whole numbers: their fractions would tell which groups of weights are in a count."""
    weighted = float(protection.rounded(round(option.weighted or 0)))
    return replace(option, count=protection.rounded(option.count or 0), weighted=weighted, bases=bases)


def _bases(tally: Tally, lines: Sequence[Line], protection: Protection) -> Bases:
    if len(lines) == 1 and not tally.overlaps:
        return lines[0].bases
    return _line_bases(tally.bases, False, protection)


def _line_bases(bases: Bases, hides_missing: bool, protection: Protection) -> Bases:
    asked, responses = bases.asked or 0, bases.responses or 0
    hides_asked = hides_missing or 0 < responses - asked < protection.minimum
    rounded = _rounded(bases, protection)
    return replace(
        rounded,
        asked=None if hides_asked else rounded.asked,
        answered=None if hides_missing else rounded.answered,
        weight=None if hides_missing else rounded.weight,
        asked_weight=None if hides_asked else rounded.asked_weight,
    )


def _rounded(bases: Bases, protection: Protection) -> Bases:
    return Bases(
        protection.rounded(bases.responses or 0),
        protection.rounded(bases.asked or 0),
        protection.rounded(bases.answered or 0),
        float(protection.rounded(round(bases.weight or 0))),
        float(protection.rounded(round(bases.asked_weight or 0))),
    )


def _unknown(bases: Bases) -> Bases:
    return Bases(bases.responses, None, None, None)


def _nothing(tally: Tally, protection: Protection) -> Tally:
    responses = tally.bases.responses or 0
    bases = Bases(protection.shown(responses), None, None, None)
    lines = tuple(
        replace(line, bases=bases, likert=None, options=tuple(_hidden_option(o, bases) for o in line.options))
        for line in tally.lines
    )
    return replace(
        tally,
        bases=bases,
        lines=lines,
        ranking=tuple(_unranked(option) for option in tally.ranking),
        numbers=_no_numbers() if tally.numbers else None,
        texts=Texts(None, None, None, None, None, {}, ()) if tally.texts else None,
        days={},
    )


def _ranking(ranking: Sequence[Ranked], bases: Bases, protection: Protection) -> tuple[Ranked, ...]:
    """First places exclude each other and are hidden together, with all that is worked out from them."""
    if not ranking:
        return ()
    firsts = [option.first or 0 for option in ranking]
    answered = sum(firsts)
    start = {
        place
        for place, option in enumerate(ranking)
        if 0 < (option.ranked or 0) < protection.minimum
        or 0 < answered - (option.ranked or 0) < protection.minimum
    }
    hidden = pool(firsts, protection.minimum, start=start)
    return tuple(
        _unranked(option) if place in hidden else _rounded_rank(option, protection)
        for place, option in enumerate(ranking)
    )


def _unranked(option: Ranked) -> Ranked:
    return replace(option, ranked=None, first=None, mean_rank=None, borda=None, mean_borda=None)


def _rounded_rank(option: Ranked, protection: Protection) -> Ranked:
    if not protection.coarse:
        return option
    return replace(
        option,
        ranked=protection.rounded(option.ranked or 0),
        first=protection.rounded(option.first or 0),
        mean_rank=round(option.mean_rank or 0, 1),
        borda=None,
        mean_borda=round(option.mean_borda or 0, 1),
    )


def _no_numbers() -> Numbers:
    return Numbers(None, None, None, None, None, (None, None, None), None, ())


def _numbers(numbers: Numbers, protection: Protection, *, hides: bool) -> Numbers:
    """Never the lowest and the highest: each is one person's answer.

    Quartiles only where a quarter is more than the minimum. Where each bar is one value and some are
    hidden, a mean would tell what they hold; and where few numbers lie far out, how far.
    """
    count = numbers.count or 0
    if count < protection.minimum:
        return _no_numbers()
    hidden = pool([bar.count or 0 for bar in numbers.bars], protection.minimum)
    one_value = bool(numbers.bars) and numbers.bars[0].high - numbers.bars[0].low <= 1
    # One sum that is far larger than all others together can be had from their mean.
    is_led = any(bar.beyond for bar in numbers.bars)
    no_mean = hides or is_led or (bool(hidden) and one_value)
    low, middle, high = (_cut(value) for value in numbers.quartiles)
    quarters, halves = count >= 4 * protection.minimum, count >= 2 * protection.minimum
    return Numbers(
        count=protection.rounded(count),
        mean=None if no_mean else _cut(numbers.mean),
        weighted_mean=None if no_mean else _cut(numbers.weighted_mean),
        spread=None if no_mean else _cut(numbers.spread),
        lowest=None,
        quartiles=(low if quarters else None, middle if halves else None, high if quarters else None),
        highest=None,
        bars=tuple(_bar(bar, place in hidden, protection) for place, bar in enumerate(numbers.bars)),
    )


def _cut(value: float | None) -> float | None:
    """Three figures are enough to read, and too few to work a single answer out of a sum."""
    if value is None or math.isnan(value):
        return value
    return float(f"{value:.3g}") if abs(value) < 1000 else float(round(value))


def _bar(bar: Bar, hidden: bool, protection: Protection) -> Bar:
    return replace(bar, count=None if hidden else protection.rounded(bar.count or 0))


def _texts(texts: Texts, protection: Protection) -> Texts:
    """Words that few people wrote may be names. The longest text is one person's."""
    hidden = pool([count or 0 for count in texts.languages.values()], protection.minimum)
    return replace(
        texts,
        count=protection.rounded(texts.count or 0),
        longest=None,
        mean_length=round(texts.mean_length or 0),
        median_length=round(texts.median_length or 0),
        mean_words=round(texts.mean_words or 0),
        languages={
            name: None if place in hidden else protection.rounded(count or 0)
            for place, (name, count) in enumerate(texts.languages.items())
        },
        terms=tuple(
            replace(term, texts=protection.rounded(term.texts))
            for term in texts.terms
            if term.texts >= protection.minimum
        ),
    )


def _days(tally: Tally, protection: Protection) -> tuple[Grain, dict[str, int | None]]:
    """By week, month or year, as in tables; small ones hidden together."""
    grain, counts = tally.grain, {day: count or 0 for day, count in tally.days.items()}
    if grain is Grain.DAY:
        grain, counts = taken_together(counts, always=True)
    hidden = pool(list(counts.values()), protection.minimum)
    return grain, {
        day: None if place in hidden else protection.rounded(count)
        for place, (day, count) in enumerate(counts.items())
    }

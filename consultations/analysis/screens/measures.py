"""Exhibits of rankings, numbers, scales, texts and days."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from ...instrument.definition import Question
from ..charts import shapes
from ..figures import Ranked, Tally
from ..numbers import Bar, Numbers
from .bar_charts import bar_chart
from .exhibits import Exhibit, Heading, Row, Shape, Unit, Value
from .labels import language_name
from .options import bars as option_bars
from .periods import HEADINGS, periods
from .saying import Saying, plain
from .writing import KEPT_BACK, listed, measure


def ranking(tally: Tally, saying: Saying) -> Iterator[Exhibit]:
    # By points a person: points in all are hidden under a filter. What is hidden comes last.
    ordered = sorted(tally.ranking, key=_points, reverse=True)
    rows = tuple(_ranked_row(tally.question, item, saying) for item in ordered)
    titles = (
        (_("Points a person (Borda)"), Unit.NUMBER),
        (_("Put first"), Unit.COUNT),
        (_("Ranked by"), Unit.COUNT),
        (_("Mean rank"), Unit.NUMBER),
        (_("Points in all"), Unit.COUNT),
    )
    yield Exhibit(
        key=tally.question.name,
        title=saying.labels.title(tally.question),
        headings=(Heading(_("Option"), Unit.TEXT), *(Heading(text, unit) for text, unit in titles)),
        rows=rows,
        shape=Shape.BARS,
        base=saying.base_of(tally.bases),
        says=_first_in_points(rows),
        notes=(
            _(
                "A first place among %(count)s options gives %(points)s points, the next one less, and so on;"
                " what a person did not rank gets none from that person."
            )
            % {"count": len(rows), "points": len(rows) - 1},
        ),
        draw=lambda: bar_chart(rows, axis=titles[0][0], unit=Unit.NUMBER),
    )


def _points(item: Ranked) -> float:
    points = item.mean_borda
    return -1.0 if points is None or math.isnan(points) else points


def _first_in_points(rows: Sequence[Row]) -> str:
    """Nothing where something is hidden, which may have more, or nobody answered."""
    points = [plain(row.values[0]) for row in rows]
    known = [found for found in points if found is not None]
    if not known or len(known) < len(points):
        return ""
    first = [row.label for row, found in zip(rows, points, strict=True) if found == max(known)]
    return _("First in points: %(option)s.") % {"option": listed(first)}


def _ranked_row(question: Question, item: Ranked, saying: Saying) -> Row:
    values = (item.mean_borda, item.first, item.ranked, item.mean_rank, item.borda)
    label = saying.labels.option(question.name, item.name, item.label)
    return Row(label, values, saying.labels.language_of(item.label))


def numbers(tally: Tally, saying: Saying) -> Iterator[Exhibit]:
    given = tally.numbers
    if given is None:
        return
    if not given.bars:
        yield _nothing(tally, saying)
        return
    bins = [(bar.low, bar.high, bar.count) for bar in given.bars]
    rows = tuple(Row(span(bar, is_first=bar is given.bars[0]), (bar.count,)) for bar in given.bars)
    yield Exhibit(
        key=tally.question.name,
        title=saying.labels.title(tally.question),
        headings=(Heading(_("Value"), Unit.TEXT), Heading(_("People"))),
        rows=rows,
        shape=Shape.PICTURE,
        base=saying.base_of(tally.bases),
        says=_middle(given),
        notes=tuple(far_out(given)),
        facts=_number_facts(given, saying),
        draw=lambda: shapes.histogram(bins, axis=_("Value"), count=_("People"), hidden=KEPT_BACK),
    )


def _nothing(tally: Tally, saying: Saying) -> Exhibit:
    """Nobody answered, or all is hidden: the base says so, and there is no table."""
    title = saying.labels.title(tally.question)
    return Exhibit(tally.question.name, title, (), (), base=saying.base_of(tally.bases))


def span(bar: Bar, *, is_first: bool) -> str:
    """What a bar holds, in words."""
    ends = {"low": measure(bar.low), "high": measure(bar.high)}
    if bar.beyond:
        return _("less than %(high)s") % ends if is_first else _("%(low)s or more") % ends
    if bar.high - bar.low == 1 and bar.low.is_integer():
        return measure(bar.low)
    return _("%(low)s up to %(high)s") % ends


def far_out(numbers: Numbers) -> Iterator[str]:
    if any(bar.beyond for bar in numbers.bars):
        yield _("Some numbers lie far from most: the bar at the end holds them, however far out they are.")


def _middle(numbers: Numbers) -> str:
    low, _median, high = numbers.quartiles
    if low is None or high is None or math.isnan(low):
        return ""
    return _("Half of the answers lie between %(low)s and %(high)s.") % {
        "low": measure(low),
        "high": measure(high),
    }


def _number_facts(numbers: Numbers, saying: Saying) -> tuple[tuple[str, Value, Unit], ...]:
    low, median, high = numbers.quartiles
    worked_out: list[tuple[str, Value]] = [(_("Mean"), numbers.mean)]
    if saying.weighted:
        worked_out.append((_("Weighted mean"), numbers.weighted_mean))
    worked_out.append((_("Standard deviation"), numbers.spread))
    given: list[tuple[str, Value]] = [
        (_("Lowest"), numbers.lowest),
        (_("First quartile"), low),
        (_("Median"), median),
        (_("Third quartile"), high),
        (_("Highest"), numbers.highest),
    ]
    return (
        *((title, value, Unit.NUMBER) for title, value in worked_out),
        *((title, value, Unit.MEASURE) for title, value in given),
    )


def scale(tally: Tally, saying: Saying) -> Iterator[Exhibit]:
    if not tally.lines:
        yield from numbers(tally, saying)
        return
    # Steps stay in their order: those that are hidden stand apart.
    made = option_bars(tally, replace(tally.lines[0], others=None), saying)
    facts = _number_facts(tally.numbers, saying) if tally.numbers else ()
    ends = " · ".join(
        f"{measure(end)}: {words}"
        for end, text in (
            (tally.question.start, tally.question.low_label),
            (tally.question.end, tally.question.high_label),
        )
        if end is not None and (words := saying.labels.say(text))
    )
    headings = (Heading(_("Step"), Unit.TEXT), *made.headings[1:])
    yield Exhibit(**{**vars(made), "facts": facts, "headings": headings, "notes": (ends,) if ends else ()})


def texts(tally: Tally, saying: Saying) -> Iterator[Exhibit]:
    given = tally.texts
    if given is None:
        return
    if given.count == 0:
        yield _nothing(tally, saying)
        return
    facts: list[tuple[str, Value, Unit]] = [
        (_("Texts"), given.count, Unit.COUNT),
        (_("Words on average"), given.mean_words, Unit.NUMBER),
        (_("Characters, median"), given.median_length, Unit.COUNT),
        (_("Longest"), given.longest, Unit.COUNT),
    ]
    facts += [(language_name(code), number, Unit.COUNT) for code, number in given.languages.items()]
    rows = tuple(Row(term.form, (term.texts,)) for term in given.terms[:20])
    yield Exhibit(
        key=tally.question.name,
        title=saying.labels.title(tally.question),
        headings=(Heading(_("Word"), Unit.TEXT), Heading(_("Texts that hold it"))),
        rows=rows,
        shape=Shape.BARS,
        base=saying.base_of(tally.bases),
        says=_("The word in most texts: %(word)s.") % {"word": rows[0].label} if rows else "",
        notes=(
            _("Languages are those in which people read the page; nothing is detected."),
            _("Case and accents make no other word; words that say nothing by themselves are left out."),
        ),
        facts=tuple(facts),
        draw=lambda: bar_chart(rows, axis=_("Texts that hold it")),
    )


def days(tally: Tally, saying: Saying) -> Iterator[Exhibit]:
    grain, found = periods(tally)
    if not found:
        yield _nothing(tally, saying)
        return
    # Where all of them are hidden, there is nothing to draw.
    is_drawn = any(period.people for period in found)
    bars = [(period.start, period.until, period.people) for period in found]
    yield Exhibit(
        key=tally.question.name,
        title=saying.labels.title(tally.question),
        headings=(Heading(str(HEADINGS[grain]), Unit.TEXT), Heading(_("People"))),
        rows=tuple(Row(period.label, (period.people,)) for period in found),
        shape=Shape.PICTURE if is_drawn else Shape.TABLE,
        base=saying.base_of(tally.bases),
        draw=(lambda: shapes.by_time(bars, grain=grain, count=_("People"), hidden=KEPT_BACK))
        if is_drawn
        else None,
    )

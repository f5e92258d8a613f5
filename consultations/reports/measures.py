"""Questions whose answers are numbers, rankings, texts or days."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from django.utils.translation import gettext as _

from ..analysis.charts import shapes
from ..analysis.screens.measures import far_out, span
from ..analysis.screens.periods import HEADINGS, periods
from . import words
from .blocks import Block, Figure, Paragraph, Table
from .choices import bars, option_table
from .pictures import wrapped
from .teller import Teller, note
from .words import HIDDEN

MOST_TERMS = 15


def scale(teller: Teller) -> Iterator[Block]:
    if teller.tally.lines:
        options = list(teller.tally.lines[0].options)
        yield bars(teller, options)
        yield option_table(teller, options)
    yield from numbers(teller)


def numbers(teller: Teller) -> Iterator[Block]:
    numbers = teller.tally.numbers
    if numbers is None or not numbers.count:
        return
    if not teller.tally.lines and numbers.bars and all(bar.count is not None for bar in numbers.bars):
        bins = [(bar.low, bar.high, float(bar.count or 0)) for bar in numbers.bars]
        alt = "; ".join(
            f"{span(b, is_first=b is numbers.bars[0])}: {words.count(b.count)}" for b in numbers.bars
        )
        spec = shapes.histogram(bins, axis=wrapped(teller.title).replace("\n", " ")[:60], count=_("People"))
        yield Figure(spec, teller.title, _("Histogram. %(parts)s.") % {"parts": alt})
        yield from (Paragraph(said, is_small=True) for said in far_out(numbers))
    first, middle, third = numbers.quartiles
    rows = [
        (_("Mean"), numbers.mean),
        *([(_("Weighted mean"), numbers.weighted_mean)] if teller.weighted else []),
        (_("Lowest"), numbers.lowest),
        (_("A quarter lies below"), first),
        (_("Half lie below (median)"), middle),
        (_("Three quarters lie below"), third),
        (_("Highest"), numbers.highest),
    ]
    cells = [[name, words.measured(number)] for name, number in rows]
    hides = any(number is None for _name, number in rows)
    yield Table(
        _("%(title)s: in short") % {"title": teller.title},
        [_("Measure"), _("Value")],
        cells,
        numbers=frozenset({1}),
        widths=(4, 1),
        note=note(hides),
    )


def ranking(teller: Teller) -> Iterator[Block]:
    ranked = sorted(
        teller.tally.ranking,
        key=lambda r: -(r.mean_borda if r.mean_borda is not None and not isnan(r.mean_borda) else -1),
    )
    label = teller.speaker.say
    lengths = [shapes.Bar(wrapped(label(r.label) or r.name), r.mean_borda) for r in ranked]
    alt = "; ".join(f"{label(r.label) or r.name}: {words.decimal(r.mean_borda)}" for r in ranked)
    spec = shapes.bars(lengths, axis=_("Mean points a person (Borda)"), percent=False, hidden=HIDDEN)
    yield Figure(spec, teller.title, _("Bar chart. %(parts)s.") % {"parts": alt})
    yield Table(
        teller.title,
        [_("Option"), _("Put first"), _("Mean place"), _("Mean points")],
        [
            [
                label(r.label) or r.name,
                words.count(r.first),
                words.decimal(r.mean_rank),
                words.decimal(r.mean_borda),
            ]
            for r in ranked
        ],
        numbers=frozenset({1, 2, 3}),
        widths=(5, 1, 1, 1),
        note=note(any(r.first is None or r.mean_rank is None for r in ranked)),
    )


def texts(teller: Teller) -> Iterator[Block]:
    texts = teller.tally.texts
    if texts is None or not texts.count:
        return
    said = _("%(count)s texts; half of them have %(length)s characters or fewer.") % {
        "count": words.count(texts.count),
        "length": words.decimal(texts.median_length, 0),
    }
    yield Paragraph(said)
    if texts.terms:
        yield Table(
            _("%(title)s: words that most texts share") % {"title": teller.title},
            [_("Word"), _("Texts")],
            [[term.form, words.count(term.texts)] for term in texts.terms[:MOST_TERMS]],
            numbers=frozenset({1}),
            widths=(4, 1),
        )


def days(teller: Teller) -> Iterator[Block]:
    grain, found = periods(teller.tally)
    if found:
        rows = [[period.label, words.count(period.people)] for period in found]
        hidden = note(any(period.people is None for period in found))
        yield Table(
            teller.title,
            [str(HEADINGS[grain]), _("People")],
            rows,
            numbers=frozenset({1}),
            widths=(4, 1),
            note=hidden,
        )

"""Questions whose answers are options: bars or stacked bars, and a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from ..analysis.charts import shapes
from ..analysis.charts.shapes import Spec
from ..analysis.figures import Line, OptionCount, steps
from . import words
from .blocks import Block, Figure, Paragraph, Table
from .pictures import wrapped
from .teller import Teller, note
from .words import HIDDEN

# A chart of more bars is a wall; the table below it has them all.
MOST_BARS = 15
# Shorter lists are shown in full, longer ones without what nobody or few people chose.
LONG_LIST = 20


def options(teller: Teller) -> Iterator[Block]:
    """One or several of a list: bars and a table. Long lists go without what few people chose."""
    line = teller.tally.lines[0]
    found = list(line.options)
    left_out: list[str] = []
    if len(found) > LONG_LIST or line.others:
        left_out = [teller.option(option) for option in line.hidden]
        found = [option for option in found if option.count is not None]
    if len(line.options) > LONG_LIST:
        found = sorted((o for o in found if o.count), key=lambda o: -(o.count or 0))
    if any(option.of_answered is not None for option in found):
        yield bars(teller, found[:MOST_BARS], rest=len(found) - MOST_BARS)
    if line.others:
        yield _with_others(teller, found, left_out, line.others)
    else:
        yield option_table(teller, found, left_out)


def _with_others(teller: Teller, options: list[OptionCount], names: list[str], others: OptionCount) -> Table:
    """The last line holds the options that few chose; they are named below the table."""
    title = _("Other options (%(number)s of them)") % {"number": len(names)}
    named = replace(others, label={teller.speaker.language: title})
    said = _(
        "To protect people, options of “%(question)s” that few chose are shown together, with as many"
        " others as that takes: %(options)s."
    )
    note = said % {"question": teller.title, "options": ", ".join(names)}
    return replace(option_table(teller, [*options, named]), note=note)


def bars(teller: Teller, options: list[OptionCount], *, rest: int = 0) -> Figure:
    shown = [
        shapes.Bar(wrapped(teller.option(o)), None if o.of_answered is None else o.of_answered / 100)
        for o in options
    ]
    spec = shapes.bars(shown, axis=_("Percent of those who answered"), hidden=HIDDEN)
    caption = teller.title if rest <= 0 else _("%(title)s (the most frequent)") % {"title": teller.title}
    return Figure(spec, caption, _alt_of(teller, options))


def _alt_of(teller: Teller, options: list[OptionCount]) -> str:
    parts = (f"{teller.option(o)}: {words.percent(o.of_answered)}" for o in options)
    return _("Bar chart. %(parts)s.") % {"parts": "; ".join(parts)}


def option_table(teller: Teller, options: list[OptionCount], left_out: Sequence[str] = ()) -> Table:
    names = _("Kept back, to protect people in small groups: %(names)s.") % {"names": ", ".join(left_out)}
    weighted = [_("% weighted")] if teller.weighted else []
    rows = [
        [
            teller.option(o),
            words.count(o.count),
            words.percent(o.of_answered),
            *([words.percent(o.of_weight)] if weighted else []),
        ]
        for o in options
    ]
    return Table(
        teller.title,
        [_("Answer"), _("People"), _("Percent"), *weighted],
        rows,
        numbers=frozenset({1, 2, 3} if weighted else {1, 2}),
        widths=(6, 1, 1, *([1] if weighted else [])),
        note=names if left_out else note(any(o.of_answered is None for o in options)),
    )


def matrix(teller: Teller) -> Iterator[Block]:
    lines = [line for line in teller.tally.lines if line.bases.answered]
    whole = [line for line in lines if all(o.of_answered is not None for o in steps(line.options))]
    if whole:
        yield Figure(_diverging(teller, whole), teller.title, _alt_of_lines(teller, whole))
    if whole and len(whole) < len(lines):
        yield Paragraph(
            _("Statements with a figure that is kept back are in the table alone."), is_small=True
        )
    if lines:
        yield _matrix_table(teller, lines, teller.title, lambda option: option.of_answered)
    if lines and teller.weighted:
        title = _("%(title)s: weighted") % {"title": teller.title}
        yield _matrix_table(teller, lines, title, lambda option: option.of_weight)


def _diverging(teller: Teller, lines: list[Line]) -> Spec:
    return shapes.diverging(
        [
            (
                wrapped(_row(teller, line)),
                [shapes.Part(teller.option(o), (o.of_answered or 0) / 100) for o in steps(line.options)],
            )
            for line in lines
        ]
    )


def _row(teller: Teller, line: Line) -> str:
    """The row's own words: its column's label has the question before them."""
    row = next((row for row in teller.question.rows if row.name == line.name), None)
    return teller.speaker.say(row.label if row else line.label) or line.name


def _alt_of_lines(teller: Teller, lines: list[Line]) -> str:
    rows = (
        f"{_row(teller, line)}: "
        + ", ".join(f"{teller.option(o)} {words.percent(o.of_answered)}" for o in steps(line.options))
        for line in lines
    )
    return _("Stacked bars around the middle of the scale. %(rows)s.") % {"rows": "; ".join(rows)}


def _matrix_table(
    teller: Teller, lines: list[Line], title: str, share: Callable[[OptionCount], float | None]
) -> Table:
    options = lines[0].options
    rows = [
        [
            _row(teller, line),
            *(words.percent(share(o)) for o in line.options),
            words.count(line.bases.answered),
        ]
        for line in lines
    ]
    hides = any(HIDDEN in row for row in rows)
    return Table(
        title,
        [_("Statement"), *(teller.option(o) for o in options), _("Answered")],
        rows,
        numbers=frozenset(range(1, len(options) + 2)),
        widths=(5, *[2] * (len(options) + 1)),
        note=" ".join(filter(None, (_beside_the_scale(teller, options), note(hides)))),
    )


def _beside_the_scale(teller: Teller, options: Sequence[OptionCount]) -> str:
    """Said where bars leave out what the table has."""
    others = [teller.option(option) for option in options if option not in steps(tuple(options))]
    said = _("“%(others)s” is no step of the scale: it counts in the percentages, not in bars and means.")
    return said % {"others": "”, “".join(others)} if others else ""

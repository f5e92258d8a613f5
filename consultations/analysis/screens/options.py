"""Exhibits of options, chosen one or several, and of countries on a map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from ...instrument.definition import QuestionKind
from ..axes import Category
from ..charts.world import world
from ..figures import Line, OptionCount, Tally
from .bar_charts import bar_chart
from .choices import Base
from .exhibits import Exhibit, Heading, Row, Shape, Unit, Value
from .saying import Saying, plain
from .writing import count, listed, percent

# On a map, one sees little of fewer countries than this.
FEWEST_ON_A_MAP = 3
# Longer lists of options are looked at by size.
LONGEST_LIST = 15


def options(tally: Tally, saying: Saying) -> Iterator[Exhibit]:
    line = tally.lines[0]
    # Everybody who answers a box ticks it: of those who were asked, it says how many did.
    is_box = tally.question.kind is QuestionKind.ACKNOWLEDGE
    yield bars(tally, line, replace(saying, base=Base.ASKED) if is_box else saying)
    if tally.question.kind is QuestionKind.COUNTRY or "countr" in tally.question.choice_list:
        yield from _map(tally, line, saying)


def bars(tally: Tally, line: Line, saying: Saying) -> Exhibit:
    titles = [_("People"), saying.of_base]
    units = [Unit.COUNT, Unit.PERCENT]
    if saying.weighted:
        titles, units = [*titles, _("% weighted")], [*units, Unit.PERCENT]
    name = tally.question.name
    alone = line.options if line.others is None else [o for o in line.options if o.count is not None]
    listed = _listed(alone)
    rows = (
        *(_option_row(name, option, saying) for option in listed),
        *([_others_row(name, line, line.others, saying)] if line.others else []),
    )
    notes = [_("People could choose several: together they make more than 100 %.")] if tally.overlaps else []
    if line.others:
        notes.append(_named_below(tally, line, saying))
    if len(listed) < len(alone):
        unchosen = len(alone) - len(listed)
        notes.append(_("%(count)s options that nobody chose are left out.") % {"count": unchosen})
    return Exhibit(
        key=name,
        title=saying.labels.title(tally.question),
        headings=(Heading(_("Option"), Unit.TEXT), *map(Heading, titles, units)),
        rows=rows,
        shape=Shape.BARS,
        base=saying.base_of(line.bases),
        says=_most(rows[: len(listed)], hides=bool(line.hidden)),
        notes=tuple(notes),
        bar=1,
        second=2 if saying.weighted else None,
        draw=lambda: bar_chart(
            rows, axis=saying.of_base, place=1, unit=Unit.PERCENT, second=2 if saying.weighted else None
        ),
    )


def _listed(options: Sequence[OptionCount]) -> Sequence[OptionCount]:
    """A long list, such as one of countries, by size and without what nobody chose; a short one as it is."""
    if len(options) <= LONGEST_LIST:
        return options
    chosen = [option for option in options if option.count != 0]
    return sorted(chosen, key=lambda option: -(option.count or 0))


def _option_row(field: str, option: OptionCount, saying: Saying) -> Row:
    values: list[Value] = [option.count, saying.share(option)]
    if saying.weighted:
        values.append(saying.weighted_share(option))
    label = saying.labels.option(field, option.name, option.label)
    return Row(label, tuple(values), saying.labels.language_of(option.label))


def _others_row(field: str, line: Line, others: OptionCount, saying: Saying) -> Row:
    parts = tuple(option.name for option in line.hidden)
    label = saying.labels.category(field, Category("", {}, parts=parts))
    return replace(_option_row(field, others, saying), label=label, language="")


def _named_below(tally: Tally, line: Line, saying: Saying) -> str:
    """Which options stand in the last line, and why: as in tables."""
    names = (saying.labels.option(tally.question.name, o.name, o.label) for o in line.hidden)
    return _(
        "To protect people, options of “%(question)s” that few chose are shown together, with as many"
        " others as that takes: %(options)s."
    ) % {"question": saying.labels.title(tally.question), "options": ", ".join(names)}


def _most(rows: tuple[Row, ...], *, hides: bool) -> str:
    """Which option was chosen most, as words in place of the picture."""
    shown = [(found, row.label) for row in rows if (found := plain(row.values[1])) is not None]
    if len(rows) < 2 or not shown or not max(shown)[0]:
        return ""
    largest = max(shown)[0]
    label = listed([label for found, label in shown if found == largest])
    # Among what is hidden there may be something larger.
    words = _("Largest figure shown: %(option)s (%(share)s).")
    if not hides and all(row.values[1] is not None for row in rows):
        words = _("Chosen most: %(option)s (%(share)s).")
    return words % {"option": label, "share": percent(largest)}


def _map(tally: Tally, line: Line, saying: Saying) -> Iterator[Exhibit]:
    people = {option.name.upper(): option.count for option in line.options if option.count}
    if len(people) >= FEWEST_ON_A_MAP:
        hides = any(option.count is None for option in line.options)
        key = f"{tally.question.name}.map"
        yield world_exhibit(key, people, saying, field=tally.question.name, hides=hides)


def world_exhibit(key: str, people: Mapping[str, int], saying: Saying, *, field: str, hides: bool) -> Exhibit:
    """Countries on a map; its table has them in the order of size."""
    ordered = sorted(people.items(), key=lambda item: -item[1])
    rows = tuple(Row(saying.labels.option(field, _own(code, saying, field)), (n,)) for code, n in ordered)
    return Exhibit(
        key=key,
        title=_("Where people answered from"),
        headings=(Heading(_("Country"), Unit.TEXT), Heading(_("People"))),
        rows=rows,
        shape=Shape.PICTURE,
        says=_("The country with the most answers: %(place)s (%(count)s).")
        % {"place": rows[0].label, "count": count(ordered[0][1])}
        if rows
        else "",
        notes=(
            _("Countries that are too small for the map stand in the table."),
            *(
                [_("Countries with hidden figures are left out, on the map and in its table.")]
                if hides
                else []
            ),
        ),
        draw=lambda: world(people, legend=_("People")),
    )


def _own(code: str, saying: Saying, field: str) -> str:
    """The code as the questionnaire writes it: maps want capitals, lists of options may not have them."""
    known = saying.labels.option(field, code)
    return code if known != code else code.lower()

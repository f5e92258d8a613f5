"""Exhibits of how a collection goes: over time, how far people came, from where and in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from portal.clocks import long_date

from ...instrument.definition import Definition
from ...responses.overview import country_question
from ..charts import shapes
from ..figures import percent as percent_of
from ..frame import CHANNEL, DAY, LANGUAGE, VERSION
from .bar_charts import bar_chart
from .exhibits import Exhibit, Heading, Row, Shape, Unit, Value
from .look import Look
from .options import FEWEST_ON_A_MAP, world_exhibit
from .writing import count

DAYS, COUNTRIES, SECTIONS, QUESTIONS = "days", "countries", "sections", "skipped"


def exhibits(look: Look) -> list[Exhibit]:
    return [made for make in _EXHIBITS for made in make(look)]


def over_time(look: Look) -> Iterator[Exhibit]:
    """By day; by week or month, some of them hidden, for those who see no single response."""
    if look.protection.applies:
        yield from _by_week(look)
        return
    days = {date.fromisoformat(day): n for day, (n, _w) in look.by_context(DAY).items()}
    rows = tuple(Row(long_date(day), (people,)) for day, people in sorted(days.items()))
    if not rows:
        return
    busiest = max(days, key=lambda day: days[day] or 0)
    yield Exhibit(
        key=DAYS,
        title=_("Answers over time"),
        headings=(Heading(_("Day"), Unit.TEXT), Heading(_("Answers sent"))),
        rows=rows,
        shape=Shape.PICTURE,
        says=_("From %(first)s to %(last)s; the day with the most was %(day)s (%(count)s).")
        % {
            "first": rows[0].label,
            "last": rows[-1].label,
            "day": long_date(busiest),
            "count": count(days[busiest] or 0),
        },
        notes=(_("Only the day of sending is kept, so that there is no median time of answering to show."),),
        draw=lambda: shapes.by_day({day: n for day, n in days.items() if n}, count=_("Answers sent")),
    )


def _by_week(look: Look) -> Iterator[Exhibit]:
    weeks = {date.fromisoformat(day): n for day, (n, _w) in look.by_context(DAY).items()}
    rows = tuple(
        Row(_("From %(day)s on") % {"day": long_date(day)}, (people,)) for day, people in weeks.items()
    )
    if rows:
        yield Exhibit(
            key=DAYS,
            title=_("Answers over time"),
            headings=(Heading(_("Week or month"), Unit.TEXT), Heading(_("Answers sent"))),
            rows=rows,
            shape=Shape.BARS,
            notes=(
                _("Only the day of sending is kept, so that there is no median time of answering to show."),
                _("The newest answers are counted once there are enough of them."),
            ),
            draw=lambda: bar_chart(rows, axis=_("Answers sent")),
        )


def countries(look: Look) -> Iterator[Exhibit]:
    question = country_question(look.frame.definition)
    if question is None:
        return
    line = look.tally(question.name).lines[0]
    people = {option.name.upper(): option.count for option in line.options if option.count}
    if len(people) >= FEWEST_ON_A_MAP:
        hides = any(option.count is None for option in line.options)
        yield world_exhibit(COUNTRIES, people, look.saying, field=question.name, hides=hides)


def sections(look: Look) -> Iterator[Exhibit]:
    """Of everyone who began: how many saved each section, and where the rest stopped."""
    reached = look.sections()
    if not reached:
        return
    titles = _section_titles(look.frame.definition, look)
    began = [(reach.sent, reach.unsent) for reach in reached]
    most = max((_sum(sent, unsent) or 0 for sent, unsent in began), default=0)
    rows = []
    for reach in reached:
        came = _sum(reach.sent, reach.unsent)
        values: tuple[Value, ...] = (came, percent_of(came, most), reach.left_here)
        rows.append(Row(titles.get(reach.section, reach.section), values))
    yield Exhibit(
        key=SECTIONS,
        title=_("How far people came"),
        headings=(
            Heading(_("Section"), Unit.TEXT),
            Heading(_("Saved it")),
            Heading(_("% of those who began"), Unit.PERCENT),
            Heading(_("Stopped here")),
        ),
        rows=tuple(rows),
        shape=Shape.BARS,
        base=_("Of everybody who began, whatever the filter."),
        is_of_everybody=True,
        says=_where_most_stop(rows),
        notes=(
            _("Sent or not. Of answers that were not sent only the names of the saved sections are read."),
            _("A section that was not shown to somebody was not saved by them either."),
            _("Whoever stopped after the last section answered to the end and did not send."),
        ),
        bar=1,
        is_wide=True,
        draw=lambda: bar_chart(rows, axis=_("% of those who began"), place=1, unit=Unit.PERCENT),
    )


def _section_titles(definition: Definition, look: Look) -> dict[str, str]:
    return {s.name: look.labels.section(s) for s in definition.sections}


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def _where_most_stop(rows: list[Row]) -> str:
    known = [(row.values[2], row.label) for row in rows if isinstance(row.values[2], int)]
    if not known or not max(known)[0]:
        return ""
    stopped, label = max(known)
    return _("The section after which the most people stopped: %(section)s (%(count)s).") % {
        "section": label,
        "count": count(stopped),
    }


def skipped(look: Look) -> Iterator[Exhibit]:
    """Of those who sent: who was asked a question and left it empty."""
    rows = []
    for reach in look.reach():
        label = look.labels.field(reach.question)
        rows.append(Row(label, (reach.asked, reach.skipped, percent_of(reach.skipped, reach.asked))))
    yield Exhibit(
        key=QUESTIONS,
        title=_("Questions that people skipped"),
        headings=(
            Heading(_("Question"), Unit.TEXT),
            Heading(_("Asked")),
            Heading(_("Skipped")),
            Heading(_("% of those asked"), Unit.PERCENT),
        ),
        rows=tuple(rows),
        shape=Shape.BARS,
        base=_("Of the answers that were sent."),
        bar=2,
        is_wide=True,
        draw=lambda: bar_chart(rows, axis=_("% of those asked"), place=2, unit=Unit.PERCENT),
    )


Maker = Callable[[Look], Iterator[Exhibit]]


def _by(name: str, key: str, title: Callable[[], str], *, fewest: int = 1) -> Maker:
    def make(look: Look) -> Iterator[Exhibit]:
        found = look.by_context(name)
        total = look.total
        rows = tuple(
            Row(look.labels.option(name, value), (n, percent_of(n, total)))
            for value, (n, _w) in found.items()
        )
        if len(rows) >= fewest:
            yield Exhibit(
                key=key,
                title=title(),
                headings=(
                    Heading(look.labels.field(name), Unit.TEXT),
                    Heading(_("Answers sent")),
                    Heading("%", Unit.PERCENT),
                ),
                rows=rows,
                shape=Shape.BARS,
                bar=1,
                draw=lambda: bar_chart(rows, axis=_("% of the answers sent"), place=1, unit=Unit.PERCENT),
            )

    return make


_EXHIBITS: tuple[Maker, ...] = (
    over_time,
    countries,
    sections,
    _by(LANGUAGE, "languages", lambda: _("By language")),
    _by(CHANNEL, "channels", lambda: _("By channel")),
    _by(VERSION, "versions", lambda: _("By version of the questionnaire"), fewest=2),
    skipped,
)

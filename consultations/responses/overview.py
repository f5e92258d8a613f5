"""The state of a collection in figures, each from one grouped query. No single answer is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.db.models.fields.json import KT

from ..answering.sheet import is_question
from ..enums import Channel, ResponseStatus
from ..instrument.definition import Definition, Question, QuestionKind, Section, text_in
from ..models import Consultation, Response
from ..models.response import ResponseQuerySet

# More bars than this are no longer told apart; beyond it a bar is a week.
MOST_DAYS = 92


@dataclass(frozen=True)
class Tally:
    """How many responses have something in common, and their share of ``total`` in percent."""

    label: str
    count: int
    total: int

    @property
    def percent(self) -> float:
        return 100 * self.count / self.total if self.total else 0.0


@dataclass(frozen=True)
class Overview:
    sent: int
    simulated: int
    unfinished: int
    withdrawn: int
    # First day of each bar, and how many were sent from then on; ``weekly`` says how long a bar is.
    days: list[tuple[date, int]]
    weekly: bool
    languages: list[Tally]
    countries: list[Tally]
    sections: list[Tally]

    @property
    def begun(self) -> int:
        """Sent or not: everyone who saved something and did not withdraw it."""
        return self.sent + self.unfinished


def overview_of(consultation: Consultation, definition: Definition | None, *, language: str) -> Overview:
    """The figures of a consultation, labelled in a language. A constant number of queries."""
    responses = Response.objects.filter(consultation=consultation)
    by_status, simulated = _statuses(responses)
    sent = responses.submitted()
    total, unfinished = by_status[ResponseStatus.SUBMITTED], by_status[ResponseStatus.DRAFT]
    days, weekly = _bars(_grouped(sent, "submitted_on"))
    return Overview(
        sent=total,
        simulated=simulated,
        unfinished=unfinished,
        withdrawn=by_status[ResponseStatus.WITHDRAWN],
        days=days,
        weekly=weekly,
        languages=_tallies(_grouped(sent, "language"), _language_names(), total),
        countries=_countries(sent, definition, language, total),
        sections=_sections(responses, definition, language, total + unfinished),
    )


def without_parts(overview: Overview) -> Overview:
    """For whoever may not read single responses: a small part of a whole may be one person.

    The screens of analysis show these parts to everybody, protected.
    """
    return replace(overview, days=[], languages=[], countries=[], sections=[])


def _language_names() -> dict[str, str]:
    return {code: str(name) for code, name in settings.LANGUAGES}


def _statuses(responses: ResponseQuerySet) -> tuple[Counter[str], int]:
    """Responses by status, and how many of the sent ones are simulated."""
    rows = list(responses.order_by().values_list("status", "channel").annotate(count=Count("pk")))
    by_status: Counter[str] = Counter()
    for status, _channel, count in rows:
        by_status[status] += count
    simulated = sum(
        count
        for status, channel, count in rows
        if (status, channel) == (ResponseStatus.SUBMITTED, Channel.SIMULATED)
    )
    return by_status, simulated


def _grouped(responses: ResponseQuerySet, field: str) -> dict[Any, int]:
    return dict(responses.order_by().values_list(field).annotate(count=Count("pk")))


def _bars(counts: dict[date, int]) -> tuple[list[tuple[date, int]], bool]:
    """A bar for each day from the first to the last, also for those without any; or for each week."""
    if not counts:
        return [], False
    first, last = min(counts), max(counts)
    weekly = (last - first).days >= MOST_DAYS
    step = timedelta(days=7 if weekly else 1)
    start = first - timedelta(days=first.weekday()) if weekly else first
    return [(day, _sum_of(counts, day, day + step)) for day in _days(start, last, step)], weekly


def _days(first: date, last: date, step: timedelta) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += step


def _sum_of(counts: dict[date, int], first: date, end: date) -> int:
    return sum(count for day, count in counts.items() if first <= day < end)


def _tallies(counts: dict[str, int], labels: dict[str, str], total: int) -> list[Tally]:
    """The largest first, then by label."""
    tallies = [Tally(labels.get(key, key), count, total) for key, count in counts.items() if key]
    return sorted(tallies, key=lambda tally: (-tally.count, tally.label))


def country_question(definition: Definition) -> Question | None:
    """The question that says where somebody lives: the first of its kind, or over a list called country."""
    return next(
        (
            question
            for question in definition.questions()
            if question.kind is QuestionKind.COUNTRY
            or (
                question.kind is QuestionKind.SINGLE_CHOICE
                and question.choice_list in ("country", "countries")
            )
        ),
        None,
    )


def _countries(
    sent: ResponseQuerySet, definition: Definition | None, language: str, total: int
) -> list[Tally]:
    question = country_question(definition) if definition else None
    if definition is None or question is None:
        return []
    choices = definition.choices_of(question)
    labels = {choice.name: text_in(choice.label, language, definition.default_language) for choice in choices}
    counts = sent.order_by().annotate(place=KT(f"answers__{question.name}"))
    return _tallies(dict(counts.values_list("place").annotate(count=Count("pk"))), labels, total)


def _sections(
    responses: ResponseQuerySet, definition: Definition | None, language: str, begun: int
) -> list[Tally]:
    """How many reached each section with something to answer, in the questionnaire's order.

    A withdrawn response reached none.
    """
    if definition is None:
        return []
    reached = _reached(responses.order_by().values_list("sections").annotate(count=Count("pk")))
    return [
        Tally(section_title(section, definition, language), reached[section.name], begun)
        for section in definition.sections
        if any(is_question(question) for question in section.questions)
    ]


def section_title(section: Section, definition: Definition, language: str) -> str:
    """Its label; questions outside every group are known by the first of them."""
    first = next(question for question in section.questions if is_question(question))
    texts = section.label if section.is_group else first.label
    return text_in(texts, language, definition.default_language) or section.name


def _reached(rows: Iterable[tuple[list[str], int]]) -> Counter[str]:
    reached: Counter[str] = Counter()
    for names, count in rows:
        reached.update(dict.fromkeys(names, count))
    return reached

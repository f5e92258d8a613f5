"""Answers in words, for checking them, for the copy that a person keeps, and for two windows that differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.clocks import long_date

from ..instrument.answers import options
from ..instrument.definition import Definition, Question, QuestionKind
from . import journey
from .consents import SENSITIVE
from .numbers import written
from .participation import Participation
from .plan import Page
from .scales import is_typed
from .words import NOTHING_SAID, Said, Voice


@dataclass(frozen=True)
class Line:
    """One line of an answer; ``before`` is the row of a matrix, or the label of "other"."""

    text: Said
    before: Said = NOTHING_SAID
    missing: bool = False


@dataclass(frozen=True)
class Entry:
    """One question with its answer."""

    question: Question
    label: Said
    lines: list[Line]
    url: str = ""

    @property
    def answered(self) -> bool:
        return any(not line.missing for line in self.lines)


@dataclass(frozen=True)
class Chapter:
    """A page of the questionnaire with its entries."""

    position: int
    title: Said
    entries: list[Entry]
    has_consent: bool = False
    url: str = ""


def chapters(part: Participation, voice: Voice) -> list[Chapter]:
    """Everything that this person is asked, with what they answered."""
    sight = part.sheet.sight(part.plan, today=part.today)
    return [
        Chapter(
            position=position,
            title=journey.title_of(page, voice),
            entries=_entries(part, page, sight.questions, voice),
            has_consent=page.number == part.plan.consent_page,
            url=journey.page_url(part, page),
        )
        for position, page in enumerate(journey.pages_shown(part), start=1)
    ]


def differences(
    part: Participation, page: Page, theirs: Mapping[str, Any], mine: Mapping[str, Any], voice: Voice
) -> list[Entry]:
    """The questions of a page to which two windows gave different answers, with those of the other one."""
    return [
        Entry(question, voice.say(question.label), lines(part.plan.definition, question, theirs, voice))
        for question in page.questions
        if any(theirs.get(name) != mine.get(name) for name in question.answer_names)
    ]


def lines(definition: Definition, question: Question, answers: Mapping[str, Any], voice: Voice) -> list[Line]:
    """An answer as lines of text; none when there is no answer."""
    if question.kind is QuestionKind.MATRIX:
        return _matrix(definition, question, answers, voice)
    if question.name not in answers:
        return []
    write = _WRITERS.get(question.kind, _plain)
    return write(definition, question, answers, voice)


def _entries(part: Participation, page: Page, visible: frozenset[str], voice: Voice) -> list[Entry]:
    url = f"{journey.page_url(part, page)}?review"
    return [
        Entry(
            question=question,
            label=voice.say(question.label),
            lines=lines(part.plan.definition, question, part.sheet.answers, voice),
            url=f"{url}#q-{question.name}",
        )
        for question in page.questions
        if question.name in visible
        and question.kind is not QuestionKind.NOTE
        and _has_options(part, question)
    ]


def _has_options(part: Participation, question: Question) -> bool:
    """What has nothing to choose from was not asked."""
    if not question.choice_filter:
        return True
    return bool(options(part.plan.definition, question, part.sheet.answers, today=part.today))


def _plain(
    definition: Definition, question: Question, answers: Mapping[str, Any], voice: Voice
) -> list[Line]:
    value = answers[question.name]
    if isinstance(value, float) and not is_typed(question):
        return [Line(Said(f"{value:g}"))]  # A point of a scale has the name that stands on its button.
    return [Line(Said(written(value) if isinstance(value, int | float) else str(value)))]


def _text(definition: Definition, question: Question, answers: Mapping[str, Any], voice: Voice) -> list[Line]:
    return [Line(Said(part)) for part in str(answers[question.name]).splitlines() if part.strip()]


def _choice(
    definition: Definition, question: Question, answers: Mapping[str, Any], voice: Voice
) -> list[Line]:
    other = str(answers.get(question.other_name, ""))
    chosen = answers[question.name]
    names = chosen if isinstance(chosen, list) else [chosen]
    return [
        Line(Said(other), before=label) if name == "other" and other else Line(label)
        for name in names
        if (label := _label(definition, question, name, voice))
    ]


def _ranking(
    definition: Definition, question: Question, answers: Mapping[str, Any], voice: Voice
) -> list[Line]:
    return [
        Line(Said(f"{place}. {label.text}", label.lang))
        for place, name in enumerate(answers[question.name], start=1)
        if (label := _label(definition, question, name, voice))
    ]


def _matrix(
    definition: Definition, question: Question, answers: Mapping[str, Any], voice: Voice
) -> list[Line]:
    if not any(row.name in answers for row in question.rows):
        return []
    return [
        Line(_label(definition, question, answers[row.name], voice), before=voice.say(row.label))
        if row.name in answers
        else Line(Said(_("not answered")), before=voice.say(row.label), missing=True)
        for row in question.rows
    ]


def _date(definition: Definition, question: Question, answers: Mapping[str, Any], voice: Voice) -> list[Line]:
    return [Line(Said(long_date(date.fromisoformat(answers[question.name]))))]


def _agreed(
    definition: Definition, question: Question, answers: Mapping[str, Any], voice: Voice
) -> list[Line]:
    return [Line(Said(_("Yes")))]


def _label(definition: Definition, question: Question, name: str, voice: Voice) -> Said:
    """Options that the list does not have (none should be) are shown by their code."""
    choice = next((c for c in definition.choices_of(question) if c.name == name), None)
    return (voice.say(choice.label) if choice else Said()) or Said(name)


Writer = Callable[[Definition, Question, Mapping[str, Any], Voice], list[Line]]
_K = QuestionKind
_WRITERS: dict[QuestionKind, Writer] = {
    _K.SINGLE_CHOICE: _choice,
    _K.MULTIPLE_CHOICE: _choice,
    _K.COUNTRY: _choice,
    _K.CONSULAR_OFFICE: _choice,
    _K.RANKING: _ranking,
    _K.DATE: _date,
    _K.SHORT_TEXT: _text,
    _K.LONG_TEXT: _text,
    _K.ACKNOWLEDGE: _agreed,
}


def has_sensitive_consent(part: Participation) -> bool:
    return any(consent["purpose"] == SENSITIVE for consent in part.sheet.consents)

"""The whole questionnaire on paper: each question, what can be answered, and when it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from ..instrument import logic
from ..instrument.definition import Definition, Question, QuestionKind, Section
from ..instrument.wording import in_words
from .boxes import LONG_LIST, Box, Row
from .plan import Plan
from .sheet import is_question
from .words import Said, Voice

_K = QuestionKind
# How many lines a hand needs for an answer in words.
LINES = {_K.LONG_TEXT: 5}


@dataclass(frozen=True)
class PaperQuestion:
    """One question as it is printed. ``number`` is empty for what is only read or agreed to."""

    number: int | None
    question: Question
    label: Said
    hint: Said
    # In words, when the question is asked of some people only.
    condition: str
    options: tuple[Said, ...]
    rows: tuple[Row, ...]
    ends: tuple[Said, Said]
    lines: range

    @property
    def kind(self) -> str:
        return self.question.kind.value


@dataclass(frozen=True)
class PaperSection:
    title: Said
    condition: str
    questions: tuple[PaperQuestion, ...]


def sheet_of_paper(plan: Plan, voice: Voice) -> tuple[PaperSection, ...]:
    """The questionnaire in its order. Lists longer than a screen become a line to write on."""
    numbers, definition = count(1), plan.definition
    return tuple(
        PaperSection(
            title=voice.say(section.label) if section.is_group else Said(),
            condition=_condition(section.relevant, definition, voice),
            questions=tuple(_questions(section, definition, voice, numbers)),
        )
        for section in definition.sections
        if section.questions
    )


def _questions(
    section: Section, definition: Definition, voice: Voice, numbers: Iterator[int]
) -> Iterator[PaperQuestion]:
    for question in section.questions:
        box = Box(question, voice, sent={}, choices=definition.choices_of(question))
        options = _options(box)
        yield PaperQuestion(
            number=next(numbers) if is_question(question) else None,
            question=question,
            label=box.label,
            hint=box.hint,
            condition=_condition(question.relevant, definition, voice, about=question),
            options=options,
            rows=box.rows if question.kind is _K.MATRIX else (),
            ends=(box.low, box.high),
            lines=range(_lines(question, options)),
        )


def _options(box: Box) -> tuple[Said, ...]:
    if box.question.kind is _K.SCALE:
        return tuple(point.label for point in box.points or ())
    if box.question.kind in (_K.MATRIX, _K.ACKNOWLEDGE) or len(box.options) > LONG_LIST:
        return ()
    return tuple(option.label for option in (*box.ordinary, *box.exclusive))


def _lines(question: Question, options: tuple[Said, ...]) -> int:
    if options or question.kind in (_K.MATRIX, _K.ACKNOWLEDGE, _K.NOTE):
        return 0
    return LINES.get(question.kind, 1)


def _condition(rule: str, definition: Definition, voice: Voice, *, about: Question | None = None) -> str:
    return in_words(logic.parse(rule), definition, voice.wanted, about=about) if rule else ""

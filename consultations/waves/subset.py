"""The questionnaire of a wave: the questions that the file answers, without the rules of today's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ..instrument.definition import Definition, Question, Section


def subset(definition: Definition, names: Collection[str], *, name: str) -> Definition:
    """The questions called ``names``. What was asked of whom back then is not known, so nothing is hidden,
    required or constrained; options and wording are those that the answers are matched with."""
    sections = tuple(
        replace(section, relevant="", questions=questions)
        for section in definition.sections
        if (questions := tuple(_free(question) for question in _among(section, names)))
    )
    used = {question.choice_list for section in sections for question in section.questions}
    lists = tuple(choice_list for choice_list in definition.choice_lists if choice_list.name in used)
    return replace(definition, name=name, sections=sections, choice_lists=lists)


def _among(section: Section, names: Collection[str]) -> Iterator[Question]:
    return (question for question in section.questions if question.name in names)


def _free(question: Question) -> Question:
    return replace(
        question,
        required=False,
        required_message={},
        relevant="",
        constraint="",
        constraint_message={},
        choice_filter="",
        min_choices=None,
        max_choices=None,
        rows=tuple(replace(row, required=False) for row in question.rows),
    )

"""The places of a questionnaire where people write in their own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..analysis import reading
from ..instrument.definition import Definition, Question, QuestionKind, Text, text_in
from ..models import CodeFrameUse, Consultation

TEXT_KINDS = frozenset({QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT})


@dataclass(frozen=True)
class OpenAnswer:
    """``name`` is the key in the answers; the text beside the option "other" has its own."""

    name: str
    question: str
    label: Text
    language: str
    is_long: bool
    is_other: bool
    sensitive: bool

    def label_in(self, language: str) -> str:
        return text_in(self.label, language, self.language) or self.question


def open_answers(consultation: Consultation) -> list[OpenAnswer]:
    """Over all answered versions, in the order of the newest. Once sensitive, always sensitive."""
    found: dict[str, OpenAnswer] = {}
    sensitive: set[str] = set()
    for version in reading.answered_versions(consultation):
        for answer in _of_definition(version.definition):
            found.setdefault(answer.name, answer)
            sensitive |= {answer.name} if answer.sensitive else set()
    return [replace(answer, sensitive=answer.name in sensitive) for answer in found.values()]


def coded_answers(consultation: Consultation) -> list[OpenAnswer]:
    """Those that are coded: the chosen ones, or every long text where nothing was chosen."""
    use = CodeFrameUse.objects.filter(consultation=consultation).first()
    chosen = set(use.questions) if use else set()
    every = open_answers(consultation)
    return [answer for answer in every if (answer.name in chosen if chosen else answer.is_long)]


def _of_definition(definition: Definition) -> Iterator[OpenAnswer]:
    for question in definition.questions():
        if question.kind in TEXT_KINDS:
            yield _open(definition, question, question.name, is_other=False)
        elif question.or_other:
            yield _open(definition, question, question.other_name, is_other=True)


def _open(definition: Definition, question: Question, name: str, *, is_other: bool) -> OpenAnswer:
    return OpenAnswer(
        name=name,
        question=question.name,
        label=question.label,
        language=definition.default_language,
        is_long=question.kind is QuestionKind.LONG_TEXT,
        is_other=is_other,
        sensitive=question.sensitive,
    )

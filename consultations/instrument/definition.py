"""What a questionnaire is, once it is frozen: dataclasses that go to JSON and come back the same.

Texts are mappings from a language code to a string (``{"es": "¿Edad?", "en": "Age?"}``). Question names
and choice names are stable for ever: answers are keyed by them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Self

from consultations.instrument.phrases import OTHER_LABEL

Text = Mapping[str, str]
Number = int | float

OTHER = "other"
"""The name of the option that asks for a text beside it (``or_other``)."""


class QuestionKind(StrEnum):
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    SCALE = "scale"
    MATRIX = "matrix"
    RANKING = "ranking"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    COUNTRY = "country"
    CONSULAR_OFFICE = "consular_office"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. ``attributes`` are the extra columns that a ``choice_filter`` reads."""

    name: str
    label: Text = field(default_factory=dict)
    exclusive: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChoiceList:
    name: str
    choices: tuple[Choice, ...] = ()

    def get(self, name: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.name == name), None)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row of a Likert matrix. Its name is an answer key of its own, and logic may refer to it."""

    name: str
    label: Text = field(default_factory=dict)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question of any kind; ``kinds.py`` says which of these fields a kind uses."""

    name: str
    kind: QuestionKind
    label: Text = field(default_factory=dict)
    hint: Text = field(default_factory=dict)
    required: bool = False
    required_message: Text = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_message: Text = field(default_factory=dict)
    sensitive: bool = False
    choice_list: str = ""
    choice_filter: str = ""
    appearance: str = ""
    or_other: bool = False
    rows: tuple[MatrixRow, ...] = ()
    min_choices: int | None = None
    max_choices: int | None = None
    start: Number | None = None
    end: Number | None = None
    step: Number | None = None
    low_label: Text = field(default_factory=dict)
    high_label: Text = field(default_factory=dict)
    max_length: int | None = None

    @property
    def answer_names(self) -> tuple[str, ...]:
        """The keys under which answers to this question are stored, in order."""
        if self.kind is QuestionKind.NOTE:
            return ()
        if self.kind is QuestionKind.MATRIX:
            return tuple(row.name for row in self.rows)
        return (self.name, self.other_name) if self.or_other else (self.name,)

    @property
    def other_name(self) -> str:
        """The key of the free text beside the option "other"."""
        return f"{self.name}_other"


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled group of questions, or (``is_group=False``) questions that stand outside any group."""

    name: str
    questions: tuple[Question, ...] = ()
    label: Text = field(default_factory=dict)
    relevant: str = ""
    is_group: bool = True


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole questionnaire in all its languages."""

    name: str
    title: Text = field(default_factory=dict)
    languages: tuple[str, ...] = ("es",)
    default_language: str = "es"
    sections: tuple[Section, ...] = ()
    choice_lists: tuple[ChoiceList, ...] = ()

    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions

    def question(self, name: str) -> Question:
        """The question of that name. Raises ``KeyError``."""
        for question in self.questions():
            if question.name == name:
                return question
        raise KeyError(name)

    def list_of(self, question: Question) -> ChoiceList:
        """The options of a question. Raises ``KeyError`` when its list does not exist."""
        for choice_list in self.choice_lists:
            if choice_list.name == question.choice_list:
                return choice_list
        raise KeyError(question.choice_list)

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        """All options of a question before any filter: its list, and "other" where ``or_other`` adds it."""
        found = next((item for item in self.choice_lists if item.name == question.choice_list), None)
        choices = found.choices if found and question.choice_list else ()
        if question.or_other and choices and all(choice.name != OTHER for choice in choices):
            return (*choices, Choice(OTHER, label=OTHER_LABEL))
        return choices

    def asking(self, answer_name: str) -> Question | None:
        """The question that an answer of that name belongs to: its own name, a row's, or a note's."""
        return next((q for q in self.questions() if answer_name in (q.name, *q.answer_names)), None)

    def to_json(self) -> dict[str, Any]:
        """A document of plain lists, dicts, strings and numbers; empty fields are left out."""
        document: dict[str, Any] = _without_empty(self)
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """The inverse of :meth:`to_json`. Unknown keys raise ``TypeError``: a version is never guessed at."""
        return cls(
            **{
                **document,
                "languages": tuple(document.get("languages", ())),
                "sections": tuple(_section(item) for item in document.get("sections", ())),
                "choice_lists": tuple(_choice_list(item) for item in document.get("choice_lists", ())),
            }
        )

    def digest(self) -> str:
        """SHA-256 (hex) of the canonical JSON: the same content has the same digest on any machine."""
        canonical = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def text_in(text: Text, language: str, default_language: str = "es") -> str:
    """The text in a language, else in the default language, else empty."""
    return text.get(language) or text.get(default_language) or ""


def _section(item: Mapping[str, Any]) -> Section:
    return Section(**{**item, "questions": tuple(_question(q) for q in item.get("questions", ()))})


def _question(item: Mapping[str, Any]) -> Question:
    rows = tuple(MatrixRow(**row) for row in item.get("rows", ()))
    return Question(**{**item, "kind": QuestionKind(item["kind"]), "rows": rows})


def _choice_list(item: Mapping[str, Any]) -> ChoiceList:
    return ChoiceList(item["name"], tuple(Choice(**choice) for choice in item.get("choices", ())))


def _without_empty(value: Any) -> Any:
    """Dataclasses to dicts, dropping fields that hold their empty default."""
    if hasattr(value, "__dataclass_fields__"):
        items = ((f.name, getattr(value, f.name)) for f in fields(value))
        kept = {name: _without_empty(item) for name, item in items if item not in ("", None, (), {})}
        return {name: item for name, item in kept.items() if not _is_default_flag(value, name, item)}
    if isinstance(value, tuple):
        return [_without_empty(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return dict(value) if isinstance(value, Mapping) else value


def _is_default_flag(owner: Any, name: str, item: Any) -> bool:
    """Booleans that hold their default say nothing; ``0`` as a number does."""
    return isinstance(item, bool) and owner.__dataclass_fields__[name].default is item

"""What changed from one version of a questionnaire to the next, question by question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..instrument.definition import Definition, Question


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RULES = "rules"
    OPTIONS = "options"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Difference:
    """A question and how it changed. ``question`` is the newer one, except where it was removed."""

    question: Question
    change: Change


TEXTS = ("label", "hint", "required_message", "constraint_message", "low_label", "high_label")
RULES = ("relevant", "constraint", "choice_filter", "required", "sensitive")


def differences(new: Definition, old: Definition) -> list[Difference]:
    """In the order of the newer version; what it no longer has comes last."""
    before = {question.name: question for question in old.questions()}
    after = {question.name: question for question in new.questions()}
    found = [
        difference
        for name, question in after.items()
        for difference in _of_question(question, before.get(name), new, old)
    ]
    removed = (question for name, question in before.items() if name not in after)
    return [*found, *(Difference(question, Change.REMOVED) for question in removed)]


def _of_question(
    question: Question, before: Question | None, new: Definition, old: Definition
) -> Iterator[Difference]:
    if before is None:
        yield Difference(question, Change.ADDED)
        return
    if _values(question, TEXTS) != _values(before, TEXTS):
        yield Difference(question, Change.REWORDED)
    if _values(question, RULES) != _values(before, RULES):
        yield Difference(question, Change.RULES)
    if (new.choices_of(question), question.rows) != (old.choices_of(before), before.rows):
        yield Difference(question, Change.OPTIONS)
    if _rest(question) != _rest(before):
        yield Difference(question, Change.SETTINGS)


def _values(question: Question, names: tuple[str, ...]) -> list[object]:
    return [getattr(question, name) for name in names]


def _rest(question: Question) -> list[object]:
    known = {*TEXTS, *RULES, "rows", "choice_list"}
    return [getattr(question, name) for name in question.__dataclass_fields__ if name not in known]

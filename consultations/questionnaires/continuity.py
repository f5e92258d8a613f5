"""Names and codes are stable for ever: what a new version may not do with those of an earlier one.

A live questionnaire can be reworded, extended, reordered; questions and options can be retired by taking them
out (answers of earlier versions are read with their own version) and brought back. But

- a name that took answers keeps its kind (a short text may become a long one, and back), rows of a matrix
  stay rows of a matrix, and a scale keeps its ends: 4 of 5 is not 4 of 10;
- a code of an option does not take over what another code said: that would turn old answers round unseen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..instrument.definition import Definition, Question, QuestionKind
from ..instrument.problems import Problem
from .places import LIST_OF

# Kinds whose answers are the same thing.
_SAME = {QuestionKind.LONG_TEXT: QuestionKind.SHORT_TEXT}


def breaks(new: Definition, old: Definition, version: int) -> Iterator[Problem]:
    """Where ``new`` gives a name or a code of ``old`` another meaning. ``version`` numbers ``old``."""
    known = {name: question for question in old.questions() for name in question.answer_names}
    for question in new.questions():
        for name in question.answer_names:
            if (before := known.get(name)) and _shape(question, name) != _shape(before, name):
                params = {"name": name, "version": version}
                yield Problem(question.name, "kind", "kind_changed", params)
        before = known.get(question.name)
        if before and question.kind is before.kind:
            yield from _scale(question, before, version)
        yield from _options(new, question, old, known, version)


def _shape(question: Question, name: str) -> tuple[QuestionKind, str]:
    """The kind of the answer of that name, and whether it belongs to a question as a whole or to a part."""
    if question.or_other and name == question.other_name:
        return QuestionKind.SHORT_TEXT, ""
    part = "row" if question.kind is QuestionKind.MATRIX else ""
    return _SAME.get(question.kind, question.kind), part


def _scale(question: Question, before: Question, version: int) -> Iterator[Problem]:
    if question.kind is not QuestionKind.SCALE:
        return
    if (question.start, question.end) != (before.start, before.end):
        yield Problem(question.name, "start", "scale_changed", {"name": question.name, "version": version})


def _options(
    new: Definition, question: Question, old: Definition, known: dict[str, Question], version: int
) -> Iterator[Problem]:
    before = next((known[name] for name in question.answer_names if name in known), None)
    # Countries and offices are the portal's own records, whose codes authors do not give.
    if before is None or question.kind in LIST_OF or before.kind in LIST_OF:
        return
    labels = {choice.name: choice.label.get(old.default_language, "") for choice in old.choices_of(before)}
    said_once = {label for label, count in Counter(labels.values()).items() if count == 1 and label}
    codes = {label: name for name, label in labels.items() if label in said_once}
    for choice in new.choices_of(question):
        label = choice.label.get(old.default_language, "")
        if choice.name in labels and codes.get(label, choice.name) != choice.name:
            params = {"choice": choice.name, "other": codes[label], "version": version}
            yield Problem(question.name, "choices", "choice_reassigned", params)

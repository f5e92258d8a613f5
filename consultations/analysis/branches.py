"""Which options of a question decide whether another is asked: its base is then their sum, and says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from ..instrument.columns import Column, ColumnRole, columns
from ..instrument.definition import Definition, Question, QuestionKind
from ..instrument.evaluation import evaluate, truth
from ..instrument.parser import parse
from ..instrument.tree import Apply, Expression, names, walk
from ..models import QuestionnaireVersion
from .frame import Frame

_ONE_OPTION = (QuestionKind.SINGLE_CHOICE, QuestionKind.ACKNOWLEDGE, QuestionKind.COUNTRY)


def branches(frame: Frame, question: str) -> tuple[frozenset[str], ...]:
    """For each question that is asked by the answer to this one alone: the options that lead there.

    Only rules over this one answer count; what several answers decide together says no more than how many
    people have all of them.
    """
    found: set[frozenset[str]] = set()
    for version in frame.versions:
        found |= _of_version(_Known(version)).get(question, frozenset())
    return tuple(sorted(found, key=sorted))


class _Known:
    """A version by its content: what is worked out from it is kept for the life of the process."""

    def __init__(self, version: QuestionnaireVersion) -> None:
        self.version = version
        self.key = version.digest or id(version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=64)
def _of_version(known: _Known) -> dict[str, frozenset[frozenset[str]]]:
    definition = known.version.definition
    found: dict[str, set[frozenset[str]]] = {}
    for rules in _rules(definition):
        read = set().union(*map(names, rules))
        source = definition.asking(next(iter(read))) if len(read) == 1 else None
        if source and source.kind in _ONE_OPTION and not any(map(_reads_today, rules)):
            found.setdefault(source.name, set()).add(_leading(definition, source, rules))
    return {name: frozenset(sets) for name, sets in found.items()}


def _rules(definition: Definition) -> Iterator[list[Expression]]:
    for section in definition.sections:
        for question in section.questions:
            if question.answer_names:
                rules = [parse(rule) for rule in (section.relevant, question.relevant) if rule.strip()]
                if rules:
                    yield rules


def _leading(definition: Definition, source: Question, rules: list[Expression]) -> frozenset[str]:
    codes = _value_column(definition, source).codes
    return frozenset(
        code.name
        for code in codes
        if all(truth(evaluate(rule, {source.name: code.name}, today=date.min)) for rule in rules)
    )


def _value_column(definition: Definition, source: Question) -> Column:
    return next(c for c in columns(definition, source) if c.role is ColumnRole.VALUE)


def _reads_today(rule: Expression) -> bool:
    return any(isinstance(part, Apply) and part.operator == "today" for part in walk(rule))

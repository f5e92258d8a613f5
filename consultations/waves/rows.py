"""From the rows of a file to answers, each checked as if a person had just given it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from communities.places.folding import fold

from ..instrument.answers import clean
from ..instrument.columns import Column, ColumnRole
from ..instrument.definition import Definition, Question, QuestionKind
from ..instrument.kinds import Raw
from . import cells
from .cells import NoSuchCell
from .mapping import DAY, Plan, Target, language_words, mapped, words_for
from .tables import Heading, Table


@dataclass(frozen=True)
class Fault:
    """Something in one cell that cannot be taken: where, why, and what stood there."""

    row: int
    column: str
    code: str
    value: str


@dataclass
class Taken:
    """One row of the file. With ``faults``, nothing of it may be stored."""

    number: int
    answers: dict[str, Any] = field(default_factory=dict)
    day: date | None = None
    language: str = ""
    faults: list[Fault] = field(default_factory=list)


@dataclass
class _Sent:
    """What a form would have sent for one question: cell by cell, from columns of the file."""

    column: str
    raw: dict[str, Raw] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


class Taker:
    """Reads rows by one plan. What does not change from row to row is worked out once."""

    def __init__(self, table: Table, definition: Definition, plan: Plan) -> None:
        self.table, self.definition, self.plan = table, definition, plan

    def __iter__(self) -> Iterator[Taken]:
        for place, row in enumerate(self.table.rows):
            beyond = self.table.surplus.get(place, "")
            if any(row) or beyond:
                yield self._take(place + self.table.first_row, row, beyond)

    @cached_property
    def _mapped(self) -> list[tuple[int, Heading, Target]]:
        places = {heading.name: place for place, heading in enumerate(self.table.headings)}
        found = mapped(self.table, self.definition, self.plan)
        return [(places[heading.name], heading, target) for heading, target in found]

    @cached_property
    def _words(self) -> Mapping[str, Mapping[str, str]]:
        """Option by word, by target; empty for numbers, days and people's own words."""
        return {
            target.name: words_for(self.definition, target, heading, self.plan)
            for _place, heading, target in self._mapped
        }

    def _take(self, number: int, row: tuple[str, ...], beyond: str) -> Taken:
        """A cell ``beyond`` the last heading says that the others may stand in the wrong columns."""
        taken = Taken(number)
        if beyond:
            taken.faults.append(Fault(number, "", "too_many_cells", beyond))
        sent: dict[str, _Sent] = {}
        for place, heading, target in self._mapped:
            if not row[place]:
                continue
            try:
                if target.question is None:
                    self._about(taken, target, row[place])
                else:
                    own = sent.setdefault(target.question.name, _Sent(heading.name))
                    self._answer(own, target, target.question, row[place])
            except NoSuchCell as refusal:
                taken.faults.append(Fault(number, heading.name, refusal.code, row[place]))
        for name, own in sent.items():
            self._check(taken, name, own)
        return taken

    def _about(self, taken: Taken, target: Target, cell: str) -> None:
        if target.name == DAY:
            taken.day = date.fromisoformat(cells.day(cell))
        else:
            taken.language = self._language(cell)

    def _language(self, cell: str) -> str:
        """``es``, ``es-PE`` or ``ES``, or its name, as exports with labels write it."""
        code = cell.strip().lower().replace("_", "-").partition("-")[0]
        code = language_words(self.definition.languages).get(fold(cell), code)
        if code not in self.definition.languages:
            raise NoSuchCell("no_such_language")
        return code

    def _answer(self, sent: _Sent, target: Target, question: Question, cell: str) -> None:
        column = target.column
        if column is None:
            sent.raw[question.name] = [self._option(target, word) for word in cells.several(cell)]
        elif column.role is ColumnRole.FLAG:
            if cells.chosen(cell):
                sent.raw[question.name] = [*sent.raw.get(question.name, []), column.option]
        elif column.role is ColumnRole.RANK:
            sent.places[column.option] = cells.place(cell)
        else:
            sent.raw[column.answer] = self._value(target, column, question, cell)

    def _value(self, target: Target, column: Column, question: Question, cell: str) -> str:
        if self._words[target.name] and column.role is ColumnRole.VALUE:
            return self._option(target, cell)
        return cells.day(cell) if question.kind is QuestionKind.DATE else cell

    def _option(self, target: Target, word: str) -> str:
        option = self._words[target.name].get(fold(word))
        if option is None:
            raise NoSuchCell("no_such_option")
        return option

    def _check(self, taken: Taken, name: str, sent: _Sent) -> None:
        if sent.places:
            sent.raw[name] = sorted(sent.places, key=sent.places.__getitem__)
        if not sent.raw:
            return
        question, today = self.definition.question(name), taken.day or date.max
        found = clean(self.definition, question, sent.raw, taken.answers, today=today)
        taken.answers |= found.answers
        for error in found.errors:
            value = sent.raw.get(error.name, "")
            text = value if isinstance(value, str) else "; ".join(value)
            taken.faults.append(Fault(taken.number, sent.column, error.code, text))

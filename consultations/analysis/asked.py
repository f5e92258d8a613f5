"""Who was asked a question, and who answered it: the bases of every percentage.

Answers are stored as logic left them, so that the rules over stored answers say again what was shown. A
rule runs once for each different combination of the answers that it reads, never once a row: most rules read
one or two questions with a few options, so that 100,000 rows take some milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from ..instrument.columns import Column, ColumnRole, columns
from ..instrument.definition import Definition
from ..instrument.evaluation import evaluate, truth
from ..instrument.parser import parse
from ..instrument.tree import Apply, Expression, names, walk
from ..models import QuestionnaireVersion
from .frame import DAY, VERSION, Frame


def answered(frame: Frame, question: str) -> pl.Series:
    """For each row, whether the question has an answer (a matrix: in one row at least). Boolean.

    Raises ``KeyError`` for a question that no version has.
    """
    found = columns_of(frame, question)
    cells = [pl.col(column.name).is_not_null() for column in found if column.role is not ColumnRole.OTHER]
    return _kept(frame, f"answered {question}", pl.any_horizontal(cells) if cells else pl.lit(False))


def asked(frame: Frame, question: str) -> pl.Series:
    """For each row, whether logic showed the question; what was answered was asked. Boolean.

    A question that the row's version does not have was not asked. Rules with ``today()`` are computed for the
    day of sending, the only one that is kept.
    """
    key = f"asked {question}"
    if key not in frame.kept:
        shown = pl.concat([_shown(frame, version, question) for version in frame.versions])
        in_order = shown.sort("place")["shown"] if len(frame.versions) > 1 else shown["shown"]
        frame.kept[key] = (in_order | answered(frame, question)).alias(key)
    return frame.kept[key]


def columns_of(frame: Frame, question: str) -> list[Column]:
    """The columns of a question over all versions. Raises ``KeyError`` for an unknown one."""
    found = [v.column for v in frame.variables if v.column.question == question]
    if not found:
        raise KeyError(question)
    return found


def _kept(frame: Frame, key: str, expression: pl.Expr) -> pl.Series:
    if key not in frame.kept:
        frame.kept[key] = frame.table.with_columns(expression.alias(key))[key]
    return frame.kept[key]


def _shown(frame: Frame, version: QuestionnaireVersion, question: str) -> pl.DataFrame:
    """Columns ``place`` (of the row in the frame) and ``shown``, for the rows of one version."""
    rows = frame.table.with_row_index("place").filter(pl.col(VERSION) == version.number)
    rules = _rules(version.definition, question)
    if rules is None:
        return rows.select("place", shown=pl.lit(False))
    read = {name: _source(version.definition, name) for name in sorted(set().union(*map(names, rules)))}
    inputs = list(dict.fromkeys(column.name for group in read.values() for column in group))
    inputs += [DAY] * any(_reads_today(rule) for rule in rules)
    if not inputs:
        fixed = all(truth(evaluate(rule, {}, today=date.min)) for rule in rules)
        return rows.select("place", shown=pl.lit(fixed))
    combinations = rows.select(inputs).unique()
    verdicts = [_holds(rules, read, row) for row in combinations.iter_rows(named=True)]
    combinations = combinations.with_columns(pl.Series("shown", verdicts, dtype=pl.Boolean))
    joined = rows.select("place", *inputs).join(
        combinations, on=inputs, how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.select("place", "shown")


def _rules(definition: Definition, question: str) -> list[Expression] | None:
    """The rules of section and question; ``None`` where the version does not have the question."""
    for section in definition.sections:
        for item in section.questions:
            if item.name == question:
                return [parse(rule) for rule in (section.relevant, item.relevant) if rule.strip()]
    return None


def _source(definition: Definition, answer: str) -> list[Column]:
    question = definition.asking(answer)
    return [c for c in columns(definition, question) if c.answer == answer] if question else []


def _reads_today(rule: Expression) -> bool:
    return any(isinstance(part, Apply) and part.operator == "today" for part in walk(rule))


def _holds(rules: Sequence[Expression], read: Mapping[str, Sequence[Column]], row: Mapping[str, Any]) -> bool:
    answers = {name: _answer(group, row) for name, group in read.items()}
    given = {name: answer for name, answer in answers.items() if answer is not None}
    return all(truth(evaluate(rule, given, today=row.get(DAY) or date.min)) for rule in rules)


def _answer(group: Sequence[Column], row: Mapping[str, Any]) -> Any:
    """The answer as it was stored, from the cells that it became; ``None`` where there is none."""
    cells = {column.option: row[column.name] for column in group}
    role = group[0].role if group else ColumnRole.VALUE
    if role is ColumnRole.FLAG:
        return [option for option, cell in cells.items() if cell == 1] or None
    if role is ColumnRole.RANK:
        ranked = {option: cell for option, cell in cells.items() if cell is not None}
        return sorted(ranked, key=ranked.__getitem__) or None
    value = next(iter(cells.values()), None)
    return value.isoformat() if isinstance(value, date) else value

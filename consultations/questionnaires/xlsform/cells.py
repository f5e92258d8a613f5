"""What single cells of a questionnaire mean: texts by language, yes or no, counts, parameters."""

from __future__ import annotations

import re
from decimal import Decimal

from ...instrument.definition import Number
from .columns import REFERENCE
from .report import Report
from .workbook import Row

FLAGS = {
    "yes": True,
    "true": True,
    "true()": True,
    "1": True,
    "no": False,
    "false": False,
    "false()": False,
    "0": False,
    "": False,
}
LARGEST_COUNT = {"min_choices": 32_767, "max_choices": 32_767, "max_length": 1_000_000}


def texts(row: Row, base: str, default_language: str, report: Report, *, limit: int | None) -> dict[str, str]:
    """The text in each language that has one."""
    for column, text in row.cells.items():
        if column.base != base:
            continue
        if limit is not None and len(text) > limit:
            report.error("text_too_long", row.sheet, row.number, column.header, count=len(text), limit=limit)
        if quoted := REFERENCE.search(text):
            report.error("text_quotes_answer", row.sheet, row.number, column.header, text=quoted[0])
    return row.texts(base, default_language)


def flag(row: Row, base: str, report: Report) -> bool:
    text = row.get(base).lower()
    if text not in FLAGS:
        report.error("flag_bad", row.sheet, row.number, row.header(base))
    return FLAGS.get(text, False)


def count(row: Row, base: str, report: Report) -> int | None:
    text = row.get(base)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,7}", text) or int(text) > LARGEST_COUNT[base]:
        report.error("count_bad", row.sheet, row.number, row.header(base))
        return None
    return int(text)


def parameters(row: Row, known: tuple[str, ...], report: Report) -> dict[str, Number]:
    """``start=0 end=10 step=1``, with spaces, commas or semicolons between."""
    found: dict[str, Number] = {}
    place = (row.sheet, row.number, row.header("parameters"))
    for part in re.split(r"[\s,;]+", re.sub(r"\s*=\s*", "=", row.get("parameters"))):
        name, _, text = part.partition("=")
        number = _number(text)
        if part and name not in known:
            report.error("parameter_unknown", *place, name=name)
        elif part and number is None:
            report.error("parameter_bad", *place, text=text)
        elif number is not None:
            found[name] = number
    return found


def _number(text: str) -> Number | None:
    """A number as the database can keep it, whole ones as ``int``."""
    if not re.fullmatch(r"[-+]?[0-9]{0,10}(\.[0-9]{0,20})?", text) or not re.search("[0-9]", text):
        return None
    number = Decimal(text)
    if abs(number) >= 10**10 or round(number, 4) != number:
        return None
    return int(number) if number == int(number) else float(number)

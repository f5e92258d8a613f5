"""The codebook as a workbook of its own: columns, wordings by version, options with their numbers, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.clocks import long_date

from ..analysis.frame import Frame, Variable
from ..instrument.columns import columns
from ..instrument.definition import text_in
from ..reports.words import count
from . import spss, stata
from .codebook import codebook, spoken
from .codebook_counts import Counts
from .dataset import GAP_LABELS, Gap, dataset, numbered

Line = Mapping[str, str | None]
SPSS = {Gap.NOT_ANSWERED: "-9 (-99, -999 …)", Gap.NOT_ASKED: "-8 (-98, -998 …)", Gap.NOT_RANKED: "-7 (-97 …)"}


def sheets(frame: Frame, counts: Counts, language: str) -> dict[str, pl.DataFrame]:
    """By title, in the active language, which is ``language``."""
    return {
        _("Columns"): _columns(frame, counts, language),
        _("Wordings"): _table(_wordings(frame)),
        _("Options"): _table(_options(frame, counts)),
        _("Missing values"): _table(_gaps()),
    }


def _columns(frame: Frame, counts: Counts, language: str) -> pl.DataFrame:
    """The codebook of an export, with the names in statistics programs and how many answered."""
    lines = codebook(frame, language)
    answered = {v.column.name: count(counts.answered(v)) for v in frame.variables}
    told = [answered.get(name) for name in lines[_("Column")]]
    names = {_("Name in SPSS and R"): spss, _("Name in Stata"): stata}
    for place, (heading, program) in enumerate(names.items(), start=1):
        named = _named(frame, language, program.LONGEST_NAME, program.RESERVED)
        lines.insert_column(place, pl.Series(heading, [named[name] for name in lines[_("Column")]]))
    return lines.insert_column(3, pl.Series(_("Answered"), told, dtype=pl.String))


def _named(frame: Frame, language: str, longest: int, reserved: re.Pattern[str]) -> dict[str, str]:
    data = dataset(frame, title="", language=language, longest=longest, reserved=reserved)
    return {variable.source: variable.name for variable in data.variables}


def _wordings(frame: Frame) -> Iterator[Line]:
    """Each text of each column as each version put it."""
    for variable in frame.variables:
        for version in reversed(variable.versions):
            question = version.definition.question(variable.column.question)
            own = next(c for c in columns(version.definition, question) if c.name == variable.column.name)
            for language in version.definition.languages:
                yield {
                    _("Column"): own.name,
                    _("Version"): str(version.number),
                    _("Published at"): long_date(timezone.localdate(version.published_at)),
                    _("Language"): language,
                    _("Text"): own.label.get(language),
                }


def _options(frame: Frame, counts: Counts) -> Iterator[Line]:
    languages = spoken(frame)
    for variable in frame.variables:
        chosen, numbers = counts.chosen(variable), numbered(variable.codes) if variable.codes else {}
        for name, choice in variable.codes.items():
            yield {
                _("Column"): variable.column.name,
                _("Code"): name,
                _("Number in SPSS, Stata and R"): str(numbers[name]),
                **{_("Text (%s)") % code: text_in(choice.label, code, code) or None for code in languages},
                _("People"): count(chosen[name]) if name in chosen else None,
                _("Versions"): _offered_in(variable, name),
            }


def _offered_in(variable: Variable, option: str) -> str:
    """The versions that had the option."""
    found = (
        version.number
        for version in reversed(variable.versions)
        for column in columns(version.definition, version.definition.question(variable.column.question))
        if column.name == variable.column.name and any(code.name == option for code in column.codes)
    )
    return ", ".join(map(str, found))


def _gaps() -> Iterator[Line]:
    explained = {
        Gap.NOT_ASKED: _("The rules of the questionnaire did not lead the person there."),
        Gap.NOT_ANSWERED: _("The person was asked and left it out."),
        Gap.NOT_RANKED: _("The person ranked others and not this one."),
    }
    for gap, words in explained.items():
        yield {
            _("Missing value"): str(GAP_LABELS[gap]),
            _("What it means"): words,
            "SPSS": SPSS[gap],
            "Stata": f".{gap.value}",
            _("Other formats"): _("empty"),
        }


def _table(lines: Iterable[Line]) -> pl.DataFrame:
    rows: Sequence[Line] = list(lines)
    headings = dict.fromkeys(heading for line in rows for heading in line)
    return pl.DataFrame(rows, schema=dict.fromkeys(headings, pl.String))

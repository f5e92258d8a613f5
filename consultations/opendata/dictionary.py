"""The data dictionary: each column of a public file in every language, and what was done to it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..analysis import frame as frames
from ..analysis.frame import Frame, Variable
from ..enums import Channel
from ..exports.codebook import ABOUT_THE_RESPONSE, spoken
from ..instrument.columns import ColumnRole
from ..instrument.definition import text_in
from .anonymity import GROUPED, SUPPRESSED
from .release import Release

Line = dict[str, str | int | None]


def dictionary(frame: Frame, release: Release) -> pl.DataFrame:
    """One line a column of the file. Headings are stable names, since programs read them, too."""
    variables = {variable.column.name: variable for variable in frame.variables}
    languages = spoken(frame)
    lines = [_line(name, variables.get(name), release, languages) for name in release.table.columns]
    headings = dict.fromkeys(heading for line in lines for heading in line)
    return pl.DataFrame(lines, schema={name: _TYPES.get(name, pl.String) for name in headings})


_TYPES = {"answers": pl.Int64}


def _line(name: str, variable: Variable | None, release: Release, languages: list[str]) -> Line:
    return {
        "column": name,
        "question": variable.column.question if variable else "",
        **{f"text_{code}": _text(name, variable, code) for code in languages},
        **{f"codes_{code}": _codes(name, variable, code, release) for code in languages},
        **{f"changes_{code}": _changes(name, release, code) for code in languages},
        "quasi_identifier": "1" if name in release.quasi else "0",
        "answers": release.table[name].drop_nulls().len(),
    }


def _text(name: str, variable: Variable | None, language: str) -> str:
    if variable:
        return text_in(variable.column.label, language, variable.newest.definition.default_language)
    with override(language):
        if name == frames.DAY:
            return _("The month in which it was sent.")
        return str(ABOUT_THE_RESPONSE[name])


def _codes(name: str, variable: Variable | None, language: str, release: Release) -> str:
    """One code a line, those alone that the file holds."""
    held = set(release.table[name].drop_nulls())
    labels = dict(_labels(name, variable, language))
    return "\n".join(f"{code} = {label}" for code, label in labels.items() if code in held)


def _labels(name: str, variable: Variable | None, language: str) -> Iterator[tuple[str, str]]:
    with override(language):
        if variable:
            yield from _own_labels(variable, language)
        if name == frames.CHANNEL:
            yield from ((channel.value, str(channel.label)) for channel in Channel)
        yield GROUPED, _("an answer that few people gave")
        yield SUPPRESSED, _("left out so that nobody can be told apart")


def _own_labels(variable: Variable, language: str) -> Iterator[tuple[str, str]]:
    if variable.column.role is ColumnRole.FLAG:
        yield from (("1", _("chosen")), ("0", _("not chosen")))
    default = variable.newest.definition.default_language
    for name, code in variable.codes.items():
        yield name, text_in(code.label, language, default)


def _changes(name: str, release: Release, language: str) -> str:
    """What was done to the column, in words."""
    report = release.report
    with override(language):
        found = []
        if width := report["banded"].get(name):
            found.append(_("Numbers are in bands of %(width)s.") % {"width": width})
        if codes := report["grouped"].get(name):
            found.append(_("Put together: %(codes)s.") % {"codes": ", ".join(codes)})
        if cells := report["suppressed"].get(name):
            found.append(_("Cells left out: %(count)s.") % {"count": cells})
        return " ".join(found)

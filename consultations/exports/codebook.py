"""The codebook: each column of an export explained, so that the file can be read without the portal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..analysis import frame as frames
from ..analysis.frame import Frame, Variable
from ..enums import QUESTION_KIND_LABELS
from ..instrument.columns import ColumnRole, codebook_line
from ..instrument.definition import text_in
from ..instrument.kinds import Level

LEVEL_LABELS: dict[Level, Promise | str] = {
    Level.NOMINAL: gettext_lazy("nominal"),
    Level.ORDINAL: gettext_lazy("ordinal"),
    Level.SCALE: gettext_lazy("numeric"),
    Level.TEXT: gettext_lazy("text"),
}
CELLS: dict[ColumnRole, Promise | str] = {
    ColumnRole.VALUE: gettext_lazy("The answer. Empty: not asked or not answered."),
    ColumnRole.FLAG: gettext_lazy("1: chosen. 0: not chosen. Empty: not asked or not answered."),
    ColumnRole.RANK: gettext_lazy("The place given to it; 1 comes first. Empty: not ranked."),
    ColumnRole.OTHER: gettext_lazy("What was written beside “other”."),
}
ABOUT_THE_RESPONSE: dict[str, Promise | str] = {
    frames.ID: gettext_lazy(
        "A random number that stands for the response. It tells nothing about the person."
    ),
    frames.DAY: gettext_lazy("The day on which it was sent. Times of day are not kept."),
    frames.LANGUAGE: gettext_lazy("The language in which it was answered."),
    frames.VERSION: gettext_lazy("The version of the questionnaire that the person saw."),
    frames.CHANNEL: gettext_lazy(
        "How it came in. Simulated responses were made by the portal, not by people."
    ),
    frames.QUOTABLE: gettext_lazy("1: the person agreed to be quoted word for word. 0: never quote."),
}
if TYPE_CHECKING:
    from .extras import Extra

Line = dict[str, str | None]


def codebook(frame: Frame, language: str, extras: Sequence[Extra] = ()) -> pl.DataFrame:
    """One line a column of the export: texts and codes in every language, rules in words and as written.

    Headings and words are in ``language``, which the caller has made the active one.
    """
    lines = [*_about_the_response(), *_questions(frame, language), *_extras(extras)]
    headings = dict.fromkeys(heading for line in lines for heading in line)
    return pl.DataFrame(lines, schema=dict.fromkeys([*headings], pl.String))


def spoken(frame: Frame) -> list[str]:
    """Every language of the versions that were answered, in their order."""
    return list(dict.fromkeys(code for version in frame.versions for code in version.definition.languages))


def _about_the_response() -> Iterator[Line]:
    for name, explanation in ABOUT_THE_RESPONSE.items():
        yield {_("Column"): name, _("What its cells hold"): str(explanation)}


def _extras(extras: Sequence[Extra]) -> Iterator[Line]:
    for extra in extras:
        holds = _("1: yes. 0: no. Empty: nobody read a text of this response yet.") if extra.is_flag else ""
        yield {
            _("Column"): extra.name,
            _("What its cells hold"): f"{extra.label}. {holds}".strip(),
            _("Measurement"): str(LEVEL_LABELS[extra.level]),
        }


def _questions(frame: Frame, language: str) -> Iterator[Line]:
    languages = spoken(frame)
    for variable in frame.variables:
        yield _line(variable, language, languages)


def _line(variable: Variable, language: str, languages: list[str]) -> Line:
    """A line of the codebook. What is empty stays empty, so that filters find it."""
    column = variable.column
    definition = variable.newest.definition
    question = variable.question
    words = codebook_line(definition, column, language)
    section = next(section for section in definition.sections if question in section.questions)
    return {
        _("Column"): column.name,
        _("What its cells hold"): str(CELLS[column.role]),
        _("Question"): column.question,
        _("Kind"): str(QUESTION_KIND_LABELS[question.kind]),
        _("Measurement"): str(LEVEL_LABELS[column.level]),
        **{_("Text (%s)") % code: column.label.get(code) for code in languages},
        **{_("Codes (%s)") % code: _codes(variable, code) for code in languages},
        _("Asked when"): words.asked_when or _("always"),
        _("Rule of the section"): section.relevant or None,
        _("Rule of the question"): question.relevant or None,
        _("Accepted only if"): question.constraint or None,
        _("Options shown only if"): question.choice_filter or None,
        _("Required"): _yes(question.required),
        _("Sensitive"): _yes(question.sensitive),
        _("Versions"): ", ".join(str(version.number) for version in reversed(variable.versions)),
        _("Earlier wording"): _earlier(variable, language),
    }


def _codes(variable: Variable, language: str) -> str | None:
    """One option a line, ``code = label``."""
    label = partial(text_in, language=language, default_language=variable.newest.definition.default_language)
    return "\n".join(f"{name} = {label(code.label)}" for name, code in variable.codes.items()) or None


def _yes(holds: bool) -> str:
    return _("yes") if holds else _("no")


def _earlier(variable: Variable, language: str) -> str | None:
    """How older versions put it, where they put it otherwise."""
    now = text_in(variable.column.label, language, variable.newest.definition.default_language)
    then = {number: text for number, text in variable.wordings(language).items() if text != now}
    return (
        "\n".join(_("Version %(number)s: %(text)s") % {"number": n, "text": t} for n, t in then.items())
        or None
    )

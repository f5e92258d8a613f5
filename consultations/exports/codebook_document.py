"""The codebook as a document to read: each question, its texts, rules in words, codes and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.clocks import long_date

from ..analysis.frame import Frame, Variable
from ..enums import QUESTION_KIND_LABELS
from ..instrument.columns import codebook_line
from ..models import Consultation
from ..reports.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from ..reports.report import words_of_documents
from ..reports.words import Speaker, count, language_name
from .codebook import ABOUT_THE_RESPONSE, LEVEL_LABELS, spoken
from .codebook_counts import Counts
from .codebook_sheets import SPSS
from .dataset import GAP_LABELS, numbered


def document(consultation: Consultation, frame: Frame, counts: Counts, language: str) -> Document:
    """In a language, which the caller has made the active one."""
    return Document(
        title=str(consultation.title),
        kind=_("Codebook"),
        author=f"{settings.SITE_NAME} · {consultation.unit}",
        language=language,
        made_on=timezone.localdate(),
        facts=_facts(frame),
        blocks=list(_blocks(frame, counts, language)),
        words=words_of_documents(),
    )


def _facts(frame: Frame) -> list[tuple[str, str]]:
    versions = [
        f"{v.number}: {long_date(timezone.localdate(v.published_at))} · {v.digest[:12]}"
        for v in reversed(frame.versions)
    ]
    return [
        (_("Responses"), count(frame.table.height)),
        (_("Columns"), count(len(frame.variables) + len(ABOUT_THE_RESPONSE))),
        (_("Versions"), "; ".join(versions) or "–"),
    ]


def _blocks(frame: Frame, counts: Counts, language: str) -> Iterator[Block]:
    yield Heading(_("How to read the files"))
    yield Table(
        _("Columns about the response"),
        [_("Column"), _("What its cells hold")],
        [[name, str(words)] for name, words in ABOUT_THE_RESPONSE.items()],
        widths=(2, 5),
    )
    yield Table(
        _("Missing values"),
        [_("Missing value"), "SPSS", "Stata", _("Other formats")],
        [[str(GAP_LABELS[gap]), code, f".{gap.value}", _("empty")] for gap, code in SPSS.items()],
        widths=(2, 2, 1, 2),
    )
    if not frame.versions:
        return
    speaker = Speaker.of(frame.definition, language)
    sections = {q.name: s for v in frame.versions for s in v.definition.sections for q in s.questions}
    for section, of_section in groupby(frame.variables, lambda v: sections[v.column.question].name):
        variables = list(of_section)
        yield Heading(speaker.say(sections[variables[0].column.question].label) or section)
        for _name, group in groupby(variables, lambda v: v.column.question):
            yield from _question(list(group), counts, speaker, spoken(frame))


def _question(
    variables: Sequence[Variable], counts: Counts, speaker: Speaker, languages: Sequence[str]
) -> Iterator[Block]:
    first = variables[0]
    yield Heading(f"{first.question.name} · {speaker.say(first.question.label)}", 2)
    yield Bullets([f"{name}: {what}" for name, what in _properties(first, speaker.language).items() if what])
    yield Table(
        _("Wordings of %(question)s") % {"question": first.question.name},
        [_("Language"), _("Version"), _("Text")],
        list(_wordings(first, languages)),
        widths=(2, 1, 7),
    )
    yield Table(
        _("Columns of %(question)s") % {"question": first.question.name},
        [_("Column"), _("Text"), _("Answered")],
        [[v.column.name, speaker.say(v.column.label), count(counts.answered(v))] for v in variables],
        numbers=frozenset({2}),
        widths=(4, 5, 2),
    )
    if first.codes:
        yield _codes(first, counts, speaker)
    if earlier := list(_earlier_options(first, speaker)):
        yield Paragraph(" ".join(earlier), is_small=True)


def _properties(variable: Variable, language: str) -> Mapping[str, str]:
    question = variable.question
    asked = codebook_line(variable.newest.definition, variable.column, language).asked_when
    return {
        _("Kind"): str(QUESTION_KIND_LABELS[question.kind]),
        _("Measurement"): str(LEVEL_LABELS[variable.column.level]),
        _("Asked when"): asked.replace("\n", "; ") or _("always"),
        _("Accepted only if"): question.constraint,
        _("Required"): _("yes") if question.required else _("no"),
        _("Sensitive"): _("yes") if variable.is_sensitive else "",
    }


def _wordings(variable: Variable, languages: Sequence[str]) -> Iterator[list[str]]:
    """Each wording once, beside the versions that had it."""
    for language in languages:
        by_text: dict[str, list[str]] = {}
        for version in reversed(variable.versions):
            text = version.definition.question(variable.column.question).label.get(language, "")
            by_text.setdefault(" ".join(text.split()) or "–", []).append(str(version.number))
        for text, numbers in by_text.items():
            yield [language_name(language), ", ".join(numbers), text]


def _codes(variable: Variable, counts: Counts, speaker: Speaker) -> Table:
    """Counts where the question has one column; a matrix has them by row in the workbook."""
    numbers, chosen = numbered(variable.codes), counts.chosen(variable)
    is_whole = not variable.question.rows
    headings = [_("Code"), _("Number"), _("Text"), *([_("People")] if is_whole else [])]
    rows = [
        [
            name,
            str(numbers[name]),
            speaker.say(choice.label) or speaker.name(variable.question, name),
            *([count(chosen.get(name, 0))] if is_whole else []),
        ]
        for name, choice in variable.codes.items()
    ]
    return Table(
        _("Codes of %(question)s") % {"question": variable.question.name},
        headings,
        rows,
        numbers=frozenset({1, 3}) if is_whole else frozenset({1}),
        widths=(3, 2, 7, 2) if is_whole else (3, 2, 9),
    )


def _earlier_options(variable: Variable, speaker: Speaker) -> Iterator[str]:
    """Options that the newest version no longer has."""
    now = {choice.name for choice in variable.column.codes}
    gone = [speaker.say(choice.label) or name for name, choice in variable.codes.items() if name not in now]
    if gone:
        yield _("No longer offered: %(names)s.") % {"names": ", ".join(gone)}

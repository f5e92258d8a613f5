"""A report of a consultation, drafted from its figures: made to be passed on, so always protected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..analysis.building import Progress
from ..enums import ExportFormat
from . import brief, docx, method, pdf, people, questionnaire, questions, themes, waves
from .blocks import Block, Document, Heading, Notice, Paragraph, Words
from .printed import Printed
from .words import Speaker

WRITERS: dict[ExportFormat, Callable[[Document, Path], None]] = {
    ExportFormat.DOCX: docx.write,
    ExportFormat.PDF: pdf.write,
}


def write(look: Printed, path: Path, *, kind: ExportFormat, on_progress: Progress | None = None) -> int:
    """Write the file; returns how many responses were read for it, before any filter: the exact size of a
    selection is no figure to show. For workers and commands alone.
    """
    if on_progress:
        on_progress(look.everybody)
    with override(look.language):
        WRITERS[kind](document(look), path)
    return look.everybody


def document(look: Printed) -> Document:
    """In the language of the look, which the caller has made the active one."""
    consultation = look.consultation
    return Document(
        title=str(consultation.title),
        kind=_("Draft report"),
        author=f"{settings.SITE_NAME} · {consultation.unit}",
        language=look.language,
        made_on=timezone.localdate(),
        subtitle=method.period(consultation, look.frame) if look.frame.versions else "",
        facts=method.facts(look),
        blocks=list(_blocks(look)),
        words=words_of_documents(),
    )


def words_of_documents() -> Words:
    return Words(
        contents=_("Contents"),
        figure=_("Figure"),
        table=_("Table"),
        page_of=_("Page {page} of {pages}"),
    )


def _blocks(look: Printed) -> Iterator[Block]:
    if not look.frame.versions:
        yield Heading(_("Nothing to report yet"))
        yield Paragraph(_("The questionnaire was not published yet, so that nobody could answer."))
        return
    speaker = Speaker.of(look.frame.definition, look.language)
    yield from method.blocks(look)
    if look.is_small:
        yield Notice(
            _("Too few responses"),
            _("So few people answered that no figures may be shown. Make the report again later."),
        )
    else:
        yield from brief.blocks(look, speaker)
        yield from people.blocks(look, speaker)
        yield from questions.blocks(look, speaker)
        yield from waves.blocks(look)
        yield from themes.blocks(look)
    yield from questionnaire.blocks(look.frame, speaker)

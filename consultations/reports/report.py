"""A report of a consultation, drafted from its figures: made to be passed on, so always protected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..analysis import snapshot
from ..analysis.disclosure import Protection
from ..analysis.frame import Frame, Progress
from ..enums import ExportFormat
from ..models import Consultation
from . import docx, method, pdf, people, questionnaire, questions, themes
from .blocks import Block, Document, Heading, Notice, Paragraph, Words
from .words import Speaker

WRITERS: dict[ExportFormat, Callable[[Document, Path], None]] = {
    ExportFormat.DOCX: docx.write,
    ExportFormat.PDF: pdf.write,
}


def write(
    consultation: Consultation,
    path: Path,
    *,
    language: str,
    kind: ExportFormat,
    on_progress: Progress | None = None,
) -> int:
    """Write the file; returns how many responses it is about. For workers and commands alone."""
    frame = snapshot.refresh(consultation)
    if on_progress:
        on_progress(frame.table.height)
    with override(language):
        WRITERS[kind](document(consultation, frame, language), path)
    return frame.table.height


def document(consultation: Consultation, frame: Frame, language: str) -> Document:
    """In a language, which the caller has made the active one."""
    return Document(
        title=str(consultation.title),
        kind=_("Draft report"),
        author=f"{settings.SITE_NAME} · {consultation.unit}",
        language=language,
        made_on=timezone.localdate(),
        subtitle=method.period(consultation, frame) if frame.versions else "",
        facts=method.facts(consultation, frame),
        blocks=list(_blocks(consultation, frame, language)),
        words=words_of_documents(),
    )


def words_of_documents() -> Words:
    return Words(
        contents=_("Contents"),
        figure=_("Figure"),
        table=_("Table"),
        page_of=_("Page {page} of {pages}"),
    )


def _blocks(consultation: Consultation, frame: Frame, language: str) -> Iterator[Block]:
    if not frame.versions:
        yield Heading(_("Nothing to report yet"))
        yield Paragraph(_("The questionnaire was not published yet, so that nobody could answer."))
        return
    # Whoever asks for it: a report leaves the house.
    protection = Protection(consultation.minimum_cell)
    speaker = Speaker.of(frame.definition, language)
    yield from method.blocks(consultation, frame)
    if frame.table.height < consultation.minimum_cell:
        yield Notice(
            _("Too few responses"),
            _("So few people answered that no figures may be shown. Make the report again later."),
        )
    else:
        yield from people.blocks(consultation, frame, speaker, protection)
        yield from questions.blocks(frame, speaker, protection)
        yield from themes.blocks(consultation, protection, language)
    yield from questionnaire.blocks(frame, speaker)

"""Each question of a report: who was asked, a chart, a table. All figures are protected ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from ..instrument.definition import QuestionKind
from . import choices, measures
from .blocks import Block, Heading, Paragraph
from .printed import Printed
from .teller import Teller
from .words import Speaker

K = QuestionKind


def blocks(look: Printed, speaker: Speaker) -> Iterator[Block]:
    """Section by section, in the order of the newest questionnaire."""
    yield Heading(_("What people answered"))
    number = 0
    for section in look.frame.definition.sections:
        asked = [q for q in section.questions if q.answer_names and q.kind is not K.ACKNOWLEDGE]
        if not asked:
            continue
        yield Heading(speaker.say(section.label) or _("Other questions"), 2)
        for question in asked:
            number += 1
            figures = look.tally(question.name)
            yield from _tell(Teller(speaker, figures, number, weighted=look.weights is not None))


def _tell(teller: Teller) -> Iterator[Block]:
    yield Heading(f"{teller.number}. {teller.title}", 3)
    yield Paragraph(teller.base(), is_small=teller.has_figures)
    if teller.has_figures:
        yield from _TELL[teller.question.kind](teller)


_TELL: dict[QuestionKind, Callable[[Teller], Iterator[Block]]] = {
    K.SINGLE_CHOICE: choices.options,
    K.MULTIPLE_CHOICE: choices.options,
    K.COUNTRY: choices.options,
    K.CONSULAR_OFFICE: choices.options,
    K.ACKNOWLEDGE: choices.options,
    K.MATRIX: choices.matrix,
    K.SCALE: measures.scale,
    K.RANKING: measures.ranking,
    K.INTEGER: measures.numbers,
    K.DECIMAL: measures.numbers,
    K.DATE: measures.days,
    K.SHORT_TEXT: measures.texts,
    K.LONG_TEXT: measures.texts,
}

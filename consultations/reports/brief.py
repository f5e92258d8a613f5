"""The results on a page: each question in a line, for whoever reads no further."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..analysis.figures import OptionCount, Tally
from ..instrument.definition import Question, QuestionKind
from . import words
from .blocks import Block, Heading, Paragraph, Table
from .printed import Printed
from .words import Speaker

K = QuestionKind
CHOSEN = frozenset({K.SINGLE_CHOICE, K.MULTIPLE_CHOICE, K.COUNTRY, K.CONSULAR_OFFICE, K.SCALE})


def blocks(look: Printed, speaker: Speaker) -> Iterator[Block]:
    rows = [row for question in look.frame.definition.questions() if (row := _row(question, look, speaker))]
    if not rows:
        return
    weighted = [_("% weighted")] if look.weights is not None else []
    yield Heading(_("Results at a glance"))
    yield Paragraph(
        _(
            "For each question the answer that was given most, in percent of those who answered it. Texts,"
            " rankings, statements side by side, and questions of which figures are kept back, stand in their"
            " own chapter alone."
        )
    )
    yield Table(
        _("Most frequent answer to each question"),
        [_("Question"), _("Most frequent answer"), _("Answered"), _("Percent"), *weighted],
        rows,
        numbers=frozenset(range(2, 4 + len(weighted))),
        widths=(8, 6, 3, 3, *[4] * len(weighted)),
    )


def _row(question: Question, look: Printed, speaker: Speaker) -> list[str] | None:
    if question.kind not in CHOSEN:
        return None
    tally = look.tally(question.name)
    most = _most(tally)
    if most is None:
        return None
    shares = [most.of_answered, *([most.of_weight] if look.weights is not None else [])]
    return [
        speaker.say(question.label) or question.name,
        speaker.option(question, most),
        words.count(tally.bases.answered),
        *map(words.percent, shares),
    ]


def _most(tally: Tally) -> OptionCount | None:
    """``None`` where something larger may be kept back, or nobody answered."""
    options = tally.lines[0].options if tally.lines else ()
    shown = [option for option in options if option.count]
    most = max(shown, key=lambda option: option.count or 0, default=None)
    if most is None or most.of_answered is None:
        return None
    hidden = any(option.count is None for option in options)
    rest = 100 - sum(option.of_answered or 0 for option in shown)
    return None if hidden and (tally.overlaps or rest > most.of_answered) else most

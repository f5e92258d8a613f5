"""Exhibits of what was answered to one question, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ...instrument.definition import QuestionKind
from ..figures import Tally
from .exhibits import Exhibit
from .measures import days, numbers, ranking, scale, texts
from .options import options
from .saying import Saying
from .scales import agreement

K = QuestionKind


def exhibits_of(tally: Tally, saying: Saying) -> list[Exhibit]:
    """What is shown of a question; the first of them is the one that its files are of."""
    return list(_KINDS[tally.question.kind](tally, saying))


def _one_option(tally: Tally, saying: Saying) -> Iterator[Exhibit]:
    """Options that their author marked as an ordered scale are shown as one."""
    is_ordered = "likert" in tally.question.appearance.split()
    return agreement(tally, saying) if is_ordered else options(tally, saying)


_KINDS: Mapping[QuestionKind, Callable[[Tally, Saying], Iterator[Exhibit]]] = {
    K.SINGLE_CHOICE: _one_option,
    K.COUNTRY: options,
    K.CONSULAR_OFFICE: options,
    K.ACKNOWLEDGE: options,
    K.MULTIPLE_CHOICE: options,
    K.MATRIX: agreement,
    K.RANKING: ranking,
    K.SCALE: scale,
    K.INTEGER: numbers,
    K.DECIMAL: numbers,
    K.DATE: days,
    K.SHORT_TEXT: texts,
    K.LONG_TEXT: texts,
}

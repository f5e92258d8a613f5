"""What is not offered to somebody without the right to single responses."""

from __future__ import annotations

from collections.abc import Mapping

from ... import rules
from ...instrument.definition import QuestionKind
from ..frame import DAY, Frame
from ..protection import Protection
from ..weeks import by_bucket

TEXTS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)
Counts = Mapping[str, tuple[int, float]]


def hidden_questions(frame: Frame, user: rules.Anyone) -> frozenset[str]:
    """Questions that a filter of this person is refused for: sensitive ones, and texts (see ``guard``)."""
    sensitive, texts = rules.may_read_sensitive_answers(user), rules.may_read_single_responses(user)
    return frozenset(
        variable.column.question
        for variable in frame.variables
        if (variable.is_sensitive and not sensitive) or (variable.question.kind in TEXTS and not texts)
    )


def coarse_days(name: str, counts: Counts, protection: Protection) -> Counts:
    """Days by week or month where figures are protected: few people send on a single day."""
    if name != DAY or not protection.applies:
        return counts
    weights = by_bucket({day: round(weight) for day, (_count, weight) in counts.items()})
    numbers = by_bucket({day: count for day, (count, _weight) in counts.items()})
    return {day: (number, float(weights[day])) for day, number in numbers.items()}

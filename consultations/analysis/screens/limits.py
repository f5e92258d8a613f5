"""What somebody without the right to single responses may not even ask for."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from ...instrument.definition import QuestionKind
from ..disclosure import Protection
from ..filters import FilterError, Group
from ..frame import DAY, Frame
from ..selecting import questions_of
from ..weeks import by_bucket

# A word of a text may be a name: whoever filters by it looks for one person.
TEXTS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)
Counts = Mapping[str, tuple[int, float]]


def hidden_questions(frame: Frame, protection: Protection) -> frozenset[str]:
    """Sensitive questions, without the right to them; texts, without the right to single responses."""
    return frozenset(
        variable.column.question
        for variable in frame.variables
        if protection.covers(sensitive=variable.is_sensitive)
        and (variable.is_sensitive or variable.question.kind in TEXTS)
    )


def check(frame: Frame, tree: Group, hidden: Collection[str]) -> None:
    """Raises ``FilterError`` where a filter reads what is hidden, or what does not exist."""
    if questions_of(frame, tree) & set(hidden):
        raise FilterError(_("Your role may not filter by that question: its answers are protected."))


def coarse_days(name: str, counts: Counts, protection: Protection) -> Counts:
    """Days by week or month where figures are protected: few people send on a single day."""
    if name != DAY or not protection.applies:
        return counts
    weights = by_bucket({day: round(weight) for day, (_count, weight) in counts.items()})
    numbers = by_bucket({day: count for day, (count, _weight) in counts.items()})
    return {day: (number, float(weights[day])) for day, number in numbers.items()}

"""A scale is a row of points where it is short, else a number to write."""

from __future__ import annotations

from ..instrument.definition import Question, QuestionKind
from ..instrument.kinds import bounds

# A scale with more points than this is a number to write.
MOST_POINTS = 11


def points(question: Question) -> tuple[str, ...]:
    """The points of a scale that is short enough to be shown as such, else nothing."""
    start, end, step = bounds(question)
    if start is None or end is None or not step or (end - start) / step + 1 > MOST_POINTS:
        return ()
    values = (start + index * step for index in range(int((end - start) / step + 1e-9) + 1))
    return tuple(str(int(value)) if float(value).is_integer() else f"{value:g}" for value in values)


def is_typed(question: Question) -> bool:
    """Whether a number with decimals is written by hand, so that its mark may be read in two ways."""
    is_scale = question.kind is QuestionKind.SCALE
    return question.kind is QuestionKind.DECIMAL or (is_scale and not points(question))

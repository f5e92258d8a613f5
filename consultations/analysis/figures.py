"""The shapes that figures about one question have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..instrument.definition import Question, QuestionKind, Text
from .numbers import Numbers
from .words import Texts


def percent(part: float, whole: float) -> float:
    """0 to 100; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


@dataclass(frozen=True)
class Bases:
    """Numbers of responses: all that were looked at, those that were asked, those that answered.

    ``weight`` is the sum of the weights of those that answered; without weights their number.
    """

    responses: int
    asked: int
    answered: int
    weight: float


@dataclass(frozen=True)
class OptionCount:
    """How many chose an option. ``weighted`` is the sum of their weights; without weights their number."""

    name: str
    label: Text
    count: int
    weighted: float
    bases: Bases

    @property
    def of_answered(self) -> float:
        """Percent of those who answered, 0 to 100."""
        return percent(self.count, self.bases.answered)

    @property
    def of_asked(self) -> float:
        """Percent of those who were asked, 0 to 100."""
        return percent(self.count, self.bases.asked)

    @property
    def of_weight(self) -> float:
        """Weighted percent of those who answered, 0 to 100."""
        return percent(self.weighted, self.bases.weight)


@dataclass(frozen=True)
class Likert:
    """An ordered scale in short: the middle option, and percents of answers below and above its middle.

    ``mean`` counts options from 1. It takes steps for equally far, which an ordered scale does not promise.
    """

    median: str
    mean: float
    below: float
    middle: float
    above: float


@dataclass(frozen=True)
class Line:
    """Options of one question, or of one row of a matrix, in the order of the questionnaire."""

    name: str
    label: Text
    bases: Bases
    options: tuple[OptionCount, ...]
    likert: Likert | None = None


@dataclass(frozen=True)
class Ranked:
    """One option of a ranking. ``mean_rank`` is among those who ranked it, not-a-number for nobody.

    ``borda``: with m options, a first place gives m - 1 points, the next m - 2 and so on; an option that a
    person left unranked gets none from that person. ``mean_borda`` is the points a person who answered.
    Source: J.-C. de Borda, "Mémoire sur les élections au scrutin" (1781), with unranked options at zero.
    """

    name: str
    label: Text
    ranked: int
    first: int
    mean_rank: float
    borda: int
    mean_borda: float


@dataclass(frozen=True)
class Tally:
    """One question. Which of the parts is filled is up to its kind: see ``tally``."""

    question: Question
    bases: Bases
    lines: tuple[Line, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    numbers: Numbers | None = None
    texts: Texts | None = None
    days: Mapping[str, int] = field(default_factory=dict)

    @property
    def overlaps(self) -> bool:
        """Whether one person may have chosen several options, so that percentages go beyond 100 together."""
        return self.question.kind is QuestionKind.MULTIPLE_CHOICE


def likert_of(options: tuple[OptionCount, ...]) -> Likert | None:
    """An ordered scale in short, unweighted; ``None`` without answers. An even scale has no middle option."""
    total = sum(option.count for option in options)
    if not total:
        return None
    half, size = 0, len(options)
    median = options[-1].name
    for option in options:
        half += option.count
        if 2 * half >= total:
            median = option.name
            break
    below = sum(option.count for option in options[: size // 2])
    above = sum(option.count for option in options[(size + 1) // 2 :])
    mean = sum(place * option.count for place, option in enumerate(options, start=1)) / total
    rest = total - below - above
    return Likert(median, mean, percent(below, total), percent(rest, total), percent(above, total))

"""The shapes that figures about one question have.

Every number may be ``None``: kept back to protect people (``disclosure.py``). A percentage of a hidden
number is hidden with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from ..instrument.definition import Question, QuestionKind, Text
from .numbers import Numbers
from .weeks import Grain
from .words import Texts


def percent(part: float | None, whole: float | None) -> float | None:
    """0 to 100; 0 of nothing; ``None`` where one of them is hidden."""
    if part is None or whole is None:
        return None
    return 100 * part / whole if whole else 0.0


@dataclass(frozen=True)
class Bases:
    """Numbers of responses: all that were looked at, those that were asked, those that answered.

    ``weight`` is the sum of the weights of those that answered, ``asked_weight`` of those that were asked;
    without weights their number.
    """

    responses: int | None
    asked: int | None
    answered: int | None
    weight: float | None
    asked_weight: float | None = None


@dataclass(frozen=True)
class OptionCount:
    """How many chose an option. ``weighted`` is the sum of their weights; without weights their number."""

    name: str
    label: Text
    count: int | None
    weighted: float | None
    bases: Bases

    @property
    def of_answered(self) -> float | None:
        """Percent of those who answered, 0 to 100."""
        return percent(self.count, self.bases.answered)

    @property
    def of_asked(self) -> float | None:
        """Percent of those who were asked, 0 to 100."""
        return percent(self.count, self.bases.asked)

    @property
    def of_weight(self) -> float | None:
        """Weighted percent of those who answered, 0 to 100."""
        return percent(self.weighted, self.bases.weight)

    @property
    def of_asked_weight(self) -> float | None:
        """Weighted percent of those who were asked, 0 to 100."""
        return percent(self.weighted, self.bases.asked_weight)


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
    """Options of one question, or of one row of a matrix, in the order of the questionnaire.

    ``others``: those of ``options`` that are hidden, counted as one, where something else is shown and each
    person chose one: their sum is what the base tells anyway. It has no name of its own.
    """

    name: str
    label: Text
    bases: Bases
    options: tuple[OptionCount, ...]
    likert: Likert | None = None
    others: OptionCount | None = None

    @property
    def hidden(self) -> tuple[OptionCount, ...]:
        return tuple(option for option in self.options if option.count is None)


@dataclass(frozen=True)
class Ranked:
    """One option of a ranking. ``mean_rank`` is among those who ranked it, not-a-number for nobody.

    ``borda``: with m options, a first place gives m - 1 points, the next m - 2 and so on; an option that a
    person left unranked gets none from that person. ``mean_borda`` is the points a person who answered.
    Source: J.-C. de Borda, "Mémoire sur les élections au scrutin" (1781), with unranked options at zero.
    """

    name: str
    label: Text
    ranked: int | None
    first: int | None
    mean_rank: float | None
    borda: int | None
    mean_borda: float | None


@dataclass(frozen=True)
class Tally:
    """One question. Which of the parts is filled is up to its kind: see ``tally``. ``days`` are the first
    days of weeks, months or years where ``grain`` says so.

    ``sensitive``: marked so in any version. ``branches``: sets of options for which another question is
    asked, so that its base is their sum.
    """

    question: Question
    bases: Bases
    lines: tuple[Line, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    numbers: Numbers | None = None
    texts: Texts | None = None
    days: Mapping[str, int | None] = field(default_factory=dict)
    grain: Grain = Grain.DAY
    sensitive: bool = False
    branches: tuple[frozenset[str], ...] = ()

    @property
    def overlaps(self) -> bool:
        """Whether one person may have chosen several options, so that percentages go beyond 100 together."""
        return self.question.kind is QuestionKind.MULTIPLE_CHOICE


def steps(options: tuple[OptionCount, ...]) -> tuple[OptionCount, ...]:
    """The options that are steps of an ordered scale: where most are numbered, a word ("na") is none."""
    numbered = tuple(option for option in options if option.name.lstrip("-").isdecimal())
    return numbered if 2 * len(numbered) > len(options) else options


def likert_of(options: tuple[OptionCount, ...]) -> Likert | None:
    """An ordered scale in short, unweighted; ``None`` without answers. An even scale has no middle option.

    "Does not apply" and the like are no step, and those who chose it are not counted.
    """
    options = steps(options)
    counts = [option.count or 0 for option in options]
    total, size = sum(counts), len(counts)
    if not total:
        return None
    middle = next(place for place, sofar in enumerate(accumulate(counts)) if 2 * sofar >= total)
    below, above = sum(counts[: size // 2]), sum(counts[(size + 1) // 2 :])
    mean = sum(place * count for place, count in enumerate(counts, start=1)) / total
    shares = (100 * part / total for part in (below, total - below - above, above))
    return Likert(options[middle].name, mean, *shares)

"""How far two people who code the same texts agree, beyond what chance alone would bring about.

Values are of any kind that can be compared and hashed: ``True`` and ``False`` for one code, names where a
text gets one code of several. ``None`` is a missing judgement.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence

Judgement = Hashable | None


def percent_agreement(first: Sequence[Judgement], second: Sequence[Judgement]) -> float:
    """The share (0 to 1) of texts on which both say the same; not-a-number when no text has two."""
    pairs = _pairs(first, second)
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else math.nan


def cohen_kappa(first: Sequence[Judgement], second: Sequence[Judgement]) -> float:
    """Cohen's kappa of two coders over the same texts, in order: 1 is full agreement, 0 what chance gives.

    Texts that one of them left out (``None``) do not count. Not-a-number when nothing is left, or when both
    always say one and the same thing: chance alone would then agree, and nothing can be told from it.

    Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960), 37-46.
    """
    pairs = _pairs(first, second)
    if not pairs:
        return math.nan
    observed = sum(a == b for a, b in pairs) / len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(left[value] * right[value] for value in left) / len(pairs) ** 2
    return math.nan if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def krippendorff_alpha(values: Sequence[Sequence[Judgement]]) -> float:
    """Krippendorff's alpha for nominal values: any number of coders, any judgement missing.

    ``values`` has one sequence a coder, all over the same texts in order. 1 is full agreement, 0 what chance
    gives. Not-a-number when no text has two judgements, or when all judgements are one and the same.

    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section D.
    """
    units = [_given(unit) for unit in zip(*values, strict=True)]
    units = [unit for unit in units if unit.total() > 1]
    totals: Counter[Hashable] = sum(units, Counter())
    pairable = totals.total()
    expected = pairable**2 - sum(count**2 for count in totals.values())
    if expected == 0:
        return math.nan
    observed = math.fsum(_disagreement(unit) for unit in units)
    return 1 - (pairable - 1) * observed / expected


def _given(unit: Sequence[Judgement]) -> Counter[Hashable]:
    return Counter(value for value in unit if value is not None)


def _disagreement(unit: Counter[Hashable]) -> float:
    """Ordered pairs of unlike judgements of one text, each text weighing as many as it has judgements."""
    size = unit.total()
    return (size**2 - sum(count**2 for count in unit.values())) / (size - 1)


def _pairs(first: Sequence[Judgement], second: Sequence[Judgement]) -> list[tuple[Judgement, Judgement]]:
    """The judgements side by side. Raises ``ValueError`` when the coders saw different numbers of texts."""
    return [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]

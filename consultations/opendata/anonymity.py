"""A table that may be made public: rare answers grouped, and nobody alone among the quasi-identifiers.

k-anonymity by generalisation and local suppression (L. Sweeney, "Achieving k-anonymity privacy protection
using generalization and suppression", 2002): after it, whoever knows a person's quasi-identifiers finds at
least ``k`` rows that fit, or a row in which they were suppressed. ADR 0046 says what is not protected.

Pure: tables of texts in, tables of texts out. A null is an answer that was not given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

GROUPED = "__grouped"
"""Stands for answers that too few people gave. No option's name may begin like it."""
SUPPRESSED = "__suppressed"
"""Stands for a quasi-identifier that would have told somebody apart."""


@dataclass(frozen=True)
class Protected:
    """``grouped``: codes that were put together, by column. ``suppressed``: cells, by column.

    ``dropped`` rows could not be hidden among others at all. ``smallest`` is the size of the smallest set of
    rows with the same quasi-identifiers, 0 without rows.
    """

    table: pl.DataFrame
    grouped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suppressed: Mapping[str, int] = field(default_factory=dict)
    dropped: int = 0
    smallest: int = 0


def protect(table: pl.DataFrame, *, quasi: Sequence[str], k: int) -> Protected:
    """Group answers that fewer than ``k`` people gave, then suppress until every set of alike rows has ``k``.

    ``table`` holds texts only. Raises ``ValueError`` for a ``k`` below 2 or an unknown column.
    """
    if k < 2 or not set(quasi) <= set(table.columns):
        raise ValueError("k is 2 or more, and every quasi-identifier a column")
    table, grouped = _without_rare_answers(table, k)
    table, suppressed = _without_small_sets(table, quasi, k)
    kept = table.filter(_set_size(quasi) >= k) if quasi else table
    return Protected(kept, grouped, suppressed, table.height - kept.height, smallest_set(kept, quasi))


def smallest_set(table: pl.DataFrame, quasi: Sequence[str]) -> int:
    """Rows in the smallest set of rows that are alike in ``quasi``."""
    if not quasi:
        return table.height
    sizes = table.group_by(quasi).len()["len"]
    return int(sizes.min() or 0)  # type: ignore[arg-type]  # counts are integers


def _without_rare_answers(table: pl.DataFrame, k: int) -> tuple[pl.DataFrame, dict[str, tuple[str, ...]]]:
    grouped = {name: codes for name in table.columns if (codes := rare(table[name], k))}
    changed = [
        pl.when(pl.col(name).is_in(codes)).then(pl.lit(GROUPED)).otherwise(pl.col(name)).alias(name)
        for name, codes in grouped.items()
    ]
    return table.with_columns(changed), grouped


def rare(answers: pl.Series, k: int) -> tuple[str, ...]:
    """The answers to put together so that none stands for fewer than ``k`` people.

    Where the rare ones together are still too few, the next ones join them, the rarest first.
    """
    counts = answers.drop_nulls().value_counts(name="people").sort("people", answers.name)
    together = 0
    codes: list[str] = []
    for code, people in counts.iter_rows():
        if people >= k and (not codes or together >= k):
            break
        codes.append(code)
        together += people
    return tuple(codes)


def _without_small_sets(
    table: pl.DataFrame, quasi: Sequence[str], k: int
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Suppress one quasi-identifier after the other, the one with the most answers first.

    The rows of a small set leave it together for a set where that cell says nothing, so that no other set
    ever shrinks; what is still small after the last one is dropped by the caller.
    """
    suppressed = {}
    for name in sorted(quasi, key=lambda column: (-table[column].n_unique(), column)):
        small = (_set_size(quasi) < k) & (pl.col(name).is_null() | (pl.col(name) != SUPPRESSED))
        count = int(table.select(small.sum()).item())
        if count:
            suppressed[name] = count
            table = table.with_columns(
                pl.when(small).then(pl.lit(SUPPRESSED)).otherwise(pl.col(name)).alias(name)
            )
    return table, suppressed


def _set_size(quasi: Sequence[str]) -> pl.Expr:
    return pl.len().over(quasi)

"""Which counts of a line are hidden so that no small one can be worked out from those that are shown.

Small counts are hidden together with the next larger ones, until at least two are hidden and they add up to
the minimum: what is left of the total says no more than their sum. ADR 0030 has the rules, ``cycles.py`` what
is hidden in tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def small(counts: Counts, minimum: int) -> Mask:
    """Counts that tell of somebody, and of fewer than the minimum. Nobody is nobody: 0 is shown."""
    found: Mask = (counts > 0) & (counts < minimum)
    return found


def pool(
    counts: Sequence[int],
    minimum: int,
    *,
    sums: Iterable[frozenset[int]] = (),
    start: Iterable[int] = (),
    harmless: Iterable[int] = (),
) -> frozenset[int]:
    """The places of a line that are hidden together; empty where nothing has to be.

    ``sums``: sets of places whose sum is shown somewhere else; what is hidden inside and outside of each is
    hidden well enough by itself. ``start`` is hidden in any case. ``harmless`` places may be small and shown
    (people without an answer), and are hidden last.
    """
    everything, free, shown = frozenset(range(len(counts))), frozenset(harmless), list(sums)
    hidden = frozenset(p for p, count in enumerate(counts) if 0 < count < minimum) - free | set(start)
    # What the sums tell, added and subtracted as one likes, is about whole atoms of theirs.
    apart = _filled(hidden, _atoms(everything, shown), counts, minimum, free)
    if apart is not None:
        return apart
    parts = [everything, *(part for each in shown for part in (everything & each, everything - each))]
    return _filled(hidden, parts, counts, minimum, free, outside=everything) or everything


def _atoms(everything: frozenset[int], sums: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Places that are in the same sums."""
    atoms = [everything]
    for each in sums:
        atoms = [part for atom in atoms for part in (atom & each, atom - each) if part]
    return atoms


def _filled(
    hidden: frozenset[int],
    parts: Sequence[frozenset[int]],
    counts: Sequence[int],
    minimum: int,
    free: frozenset[int],
    *,
    outside: frozenset[int] = frozenset(),
) -> frozenset[int] | None:
    """Hide more, the least first, until enough is hidden in each part; ``None`` where there is not enough.

    ``outside`` are places that may give way where a part has nothing more to hide.
    """
    while thin := [part for part in parts if _is_thin([counts[p] for p in hidden & part], minimum)]:
        rest = [p for p in (thin[0] | outside) - hidden if counts[p]]
        if not rest:
            return None
        inside = [p for p in rest if p in thin[0]] or rest
        hidden |= {min(inside, key=lambda p: (p in free, counts[p], p))}
    return hidden


def _is_thin(hidden: Sequence[int], minimum: int) -> bool:
    return bool(hidden) and (len(hidden) < 2 or sum(hidden) < minimum)

"""Counts of themes without what could tell of few people, for whoever may not read single responses.

The themes right below one are a line of several choices whose total is the one above: a theme is hidden where
few speak of it, or few of those above do not; and never one alone. What lies below a hidden theme is hidden
with it, else its sum would give the theme away. Texts and people are two measures of the same: a theme that
one of them hides is hidden in both, so that files with the one cannot be laid beside files with the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..analysis.protected_tallies import hidden_options
from ..analysis.protection import Protection
from ..models import Code
from .tallies import ThemeCount
from .tree import Tree


@dataclass(frozen=True)
class Measure:
    """Numbers of one kind (texts, people): of each theme with all below it, and of the whole."""

    whole: int
    counts: Mapping[int, int]


@dataclass(frozen=True)
class ShownTheme:
    """A theme as a person may see it: ``None`` where its numbers are kept back."""

    code: Code
    depth: int
    number: str
    texts: int | None
    people: int | None
    # Of the coded texts, in percent.
    share: float | None


def protected_themes(found: Sequence[ThemeCount], protection: Protection) -> list[ShownTheme]:
    """In the order given, which is that of ``tallies.counts``."""
    hidden = hidden_of(found, protection) if protection.applies else frozenset[int]()
    return [
        ShownTheme(theme.code, theme.depth, theme.number, None, None, None)
        if theme.code.pk in hidden
        else ShownTheme(theme.code, theme.depth, theme.number, theme.texts, theme.people, theme.share)
        for theme in found
    ]


def hidden_of(found: Sequence[ThemeCount], protection: Protection) -> frozenset[int]:
    """The keys of themes that counts of a whole consultation keep back."""
    if not found:
        return frozenset()
    base = found[0].base
    texts = Measure(base.texts, {theme.code.pk: theme.texts for theme in found})
    people = Measure(base.people, {theme.code.pk: theme.people for theme in found})
    tree = Tree((theme.code.pk, theme.code.parent_id) for theme in found)
    return hidden_themes(tree, (texts, people), protection)


def hidden_themes(tree: Tree[int], measures: Sequence[Measure], protection: Protection) -> frozenset[int]:
    """The keys of themes whose numbers are kept back."""
    if any(0 < measure.whole < protection.minimum for measure in measures):
        return frozenset(tree.order)
    hidden = set[int]()
    lines: list[int | None] = [None]
    while lines:
        above = lines.pop()
        line = tree.below.get(above, [])
        in_line = _hidden_in(line, above, measures, protection)
        hidden.update(in_line, *(tree.descendants(key) for key in in_line))
        lines += [key for key in line if key not in in_line]
    return frozenset(hidden)


def _hidden_in(
    line: Sequence[int], above: int | None, measures: Sequence[Measure], protection: Protection
) -> set[int]:
    """What one measure hides the others hide, too, and may then have to hide more."""
    places = frozenset[int]()
    before = None
    while places != before:
        before = places
        for measure in measures:
            whole = measure.whole if above is None else measure.counts[above]
            counts = [measure.counts[key] for key in line]
            places |= hidden_options(counts, whole, protection, start=places)
    return {line[place] for place in places}

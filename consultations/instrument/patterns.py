"""Patterns for ``regex()``: a common subset of regular expressions, matched in linear time.

Python and the browser disagree on what patterns mean, and both can be made to hang by a careless one. So a
pattern becomes a small automaton here (Glushkov's construction: one state a character position, no empty
moves); server and browser walk the same table. A pattern always matches the whole text, as in ODK.

Taken: literal characters, ``.`` (anything but a line feed), ``[...]`` and ``[^...]`` with ranges,
``\\d \\D \\w \\W \\s \\S`` (ASCII), ``\\n \\r \\t`` and escaped punctuation, ``( )``, ``(?: )``, ``|``,
``? * + {n} {n,} {n,m}``, and a ``^`` at the start or a ``$`` at the end, which change nothing. Refused:
look-around, back-references, named groups, lazy and possessive quantifiers, other anchors, ``\\p``.
Source of the construction: V. M. Glushkov, "The abstract theory of automata", 1961.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from consultations.instrument.pattern_reader import (
    Either,
    Node,
    PatternError,
    Ranges,
    Reader,
    Repeat,
    Sequence,
    Set,
)

MAX_POSITIONS = 300
MAX_STEPS = 3000


@dataclass(frozen=True, slots=True)
class Automaton:
    """``accepts[i]`` are the characters of position i, ``follows[i]`` the positions that may come next."""

    accepts: tuple[Ranges, ...]
    first: tuple[int, ...]
    follows: tuple[tuple[int, ...], ...]
    last: frozenset[int]
    nullable: bool

    def matches(self, text: str) -> bool:
        """Whether the whole text is in the language. Time: length of the text × positions, at worst."""
        if not text:
            return self.nullable
        waiting: tuple[int, ...] | set[int] = self.first
        reached: list[int] = []
        for character in text:
            point = ord(character)
            reached = [position for position in waiting if _within(self.accepts[position], point)]
            if not reached:
                return False
            waiting = {after for position in reached for after in self.follows[position]}
        return not self.last.isdisjoint(reached)

    def to_json(self) -> list[Any]:
        return [
            [list(ranges) for ranges in self.accepts],
            list(self.first),
            [list(after) for after in self.follows],
            sorted(self.last),
            self.nullable,
        ]


def _within(ranges: Ranges, point: int) -> bool:
    """Whether the point is a bound or lies between a lower and its upper bound."""
    place = bisect_right(ranges, point)
    return place % 2 == 1 or (place > 0 and ranges[place - 1] == point)


@lru_cache(maxsize=512)
def automaton(pattern: str) -> Automaton:
    """The automaton of a pattern. Raises :class:`PatternError`."""
    builder = _Builder()
    whole = builder.place(Reader(pattern).whole())
    return Automaton(
        accepts=tuple(builder.accepts),
        first=tuple(sorted(whole.first)),
        follows=tuple(tuple(sorted(after)) for after in builder.follows),
        last=frozenset(whole.last),
        nullable=whole.nullable,
    )


@dataclass(frozen=True, slots=True)
class _Ends:
    nullable: bool
    first: frozenset[int]
    last: frozenset[int]


_EMPTY = _Ends(True, frozenset(), frozenset())


class _Builder:
    """Gives every character of the pattern a position and says which positions may follow which."""

    def __init__(self) -> None:
        self.accepts: list[Ranges] = []
        self.follows: list[set[int]] = []
        self._steps = 0

    def place(self, node: Node) -> _Ends:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise PatternError("too_large", 0)
        match node:
            case Set(ranges):
                return self._position(ranges)
            case Sequence(parts):
                return self._sequence([self.place(part) for part in parts])
            case Either(parts):
                return _either([self.place(part) for part in parts])
            case Repeat(part, least, most):
                return self._repeat(part, least, most)

    def _position(self, ranges: Ranges) -> _Ends:
        if len(self.accepts) >= MAX_POSITIONS:
            raise PatternError("too_large", 0)
        self.accepts.append(ranges)
        self.follows.append(set())
        place = frozenset({len(self.accepts) - 1})
        return _Ends(False, place, place)

    def _sequence(self, parts: list[_Ends]) -> _Ends:
        whole = _EMPTY
        for part in parts:
            whole = self._then(whole, part)
        return whole

    def _then(self, left: _Ends, right: _Ends) -> _Ends:
        for position in left.last:
            self.follows[position] |= right.first
        return _Ends(
            left.nullable and right.nullable,
            left.first | right.first if left.nullable else left.first,
            left.last | right.last if right.nullable else right.last,
        )

    def _repeat(self, part: Node, least: int, most: int | None) -> _Ends:
        head = self._sequence([self.place(part) for _ in range(least)])
        if most is None:
            return self._then(head, self._star(self.place(part)))
        tail = _EMPTY
        for _ in range(most - least):
            # From the inside out, x(x(x)?)?: each copy is followed by one copy only.
            tail = self._then(self.place(part), tail)
            tail = _Ends(True, tail.first, tail.last)
        return self._then(head, tail)

    def _star(self, part: _Ends) -> _Ends:
        for position in part.last:
            self.follows[position] |= part.first
        return _Ends(True, part.first, part.last)


def _either(parts: list[_Ends]) -> _Ends:
    return _Ends(
        any(part.nullable for part in parts),
        frozenset().union(*(part.first for part in parts)),
        frozenset().union(*(part.last for part in parts)),
    )

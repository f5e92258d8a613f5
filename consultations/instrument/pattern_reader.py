"""Reads the text of a pattern into a tree of character sets, sequences, alternatives and repeats.

``patterns.py`` says which constructs are taken.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_NESTING = 20
_LAST = 0x10FFFF

Ranges = tuple[int, ...]
"""Inclusive code point ranges, sorted and apart: ``(48, 57)`` are the ASCII digits."""


class PatternError(ValueError):
    """A pattern that cannot be read; ``position`` counts characters from 0.

    Codes: unclosed, unopened, nothing_to_repeat, bad_repeat, bad_class, bad_escape, unsupported, too_large.
    """

    def __init__(self, code: str, position: int) -> None:
        super().__init__(f"{code} at {position}")
        self.code = code
        self.position = position


@dataclass(frozen=True, slots=True)
class Set:
    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    part: Node
    least: int
    most: int | None


Node = Set | Sequence | Either | Repeat


def _normal(pairs: list[tuple[int, int]]) -> Ranges:
    """Ranges sorted and melted together where they touch."""
    melted: list[list[int]] = []
    for low, high in sorted(pairs):
        if melted and low <= melted[-1][1] + 1:
            melted[-1][1] = max(melted[-1][1], high)
        else:
            melted.append([low, high])
    return tuple(bound for pair in melted for bound in pair)


def _others(ranges: Ranges) -> Ranges:
    edges = [-1, *ranges, _LAST + 1]
    gaps = [(edges[i] + 1, edges[i + 1] - 1) for i in range(0, len(edges), 2)]
    return tuple(bound for low, high in gaps if low <= high for bound in (low, high))


_DIGIT = _normal([(48, 57)])
_WORD = _normal([(48, 57), (65, 90), (95, 95), (97, 122)])
_SPACE = _normal([(9, 13), (32, 32)])
_CLASSES: dict[str, Ranges] = {
    "d": _DIGIT, "D": _others(_DIGIT), "w": _WORD, "W": _others(_WORD), "s": _SPACE, "S": _others(_SPACE),
}  # fmt: skip
_ESCAPED = {"n": 10, "r": 13, "t": 9}


class Reader:
    """Recursive descent over the pattern's text; :meth:`whole` raises :class:`PatternError`."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._nesting = 0

    def whole(self) -> Node:
        if self._peek() == "^":
            self._at += 1
        node = self._either()
        if self._peek() == "$" and self._at == len(self._text) - 1:
            self._at += 1
        if self._at < len(self._text):
            raise PatternError("unopened" if self._peek() == ")" else "unsupported", self._at)
        return node

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        character = self._peek()
        if not character:
            raise PatternError("unclosed", self._at)
        self._at += 1
        return character

    def _either(self) -> Node:
        parts = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._peek() and self._peek() not in "|)$":
            parts.append(self._repeated())
        return Sequence(tuple(parts))

    def _repeated(self) -> Node:
        node = self._atom()
        repeat = self._repeat()
        if repeat is None:
            return node
        if self._peek() and self._peek() in "?*+{":
            raise PatternError("unsupported", self._at)
        return Repeat(node, *repeat)

    def _repeat(self) -> tuple[int, int | None] | None:
        sign = self._peek()
        simple: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        if sign in simple:
            self._at += 1
            return simple[sign]
        return self._counted() if sign == "{" else None

    def _counted(self) -> tuple[int, int | None]:
        start = self._at
        end = self._text.find("}", start)
        least, comma, most = self._text[start + 1 : end].partition(",") if end > 0 else ("", "", "")
        if not _is_count(least) or (most and not _is_count(most)):
            raise PatternError("bad_repeat", start)
        self._at = end + 1
        bounds = int(least), int(most) if most else (None if comma else int(least))
        if bounds[1] is not None and bounds[1] < bounds[0]:
            raise PatternError("bad_repeat", start)
        return bounds

    def _atom(self) -> Node:
        start, character = self._at, self._take()
        if character == "(":
            return self._group(start)
        if character == "[":
            return Set(self._class(start))
        if character == ".":
            return Set(_others((10, 10)))
        if character == "\\":
            return Set(self._escape(start))
        if character in "?*+{":
            raise PatternError("nothing_to_repeat", start)
        if character in "^]}":
            raise PatternError("unsupported", start)
        return Set((ord(character), ord(character)))

    def _group(self, start: int) -> Node:
        if self._peek() == "?":
            if self._text[self._at : self._at + 2] != "?:":
                raise PatternError("unsupported", start)
            self._at += 2
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise PatternError("too_large", start)
        node = self._either()
        if not self._peek():
            raise PatternError("unclosed", start)
        if self._peek() != ")":
            raise PatternError("unsupported", self._at)
        self._at += 1
        self._nesting -= 1
        return node

    def _escape(self, start: int) -> Ranges:
        character = self._take()
        if character in _CLASSES:
            return _CLASSES[character]
        if character.isalnum() and character not in _ESCAPED:
            raise PatternError("bad_escape", start)
        point = _ESCAPED.get(character, ord(character))
        return (point, point)

    def _class(self, start: int) -> Ranges:
        negated = self._peek() == "^"
        self._at += negated
        pairs: list[tuple[int, int]] = []
        while self._peek() != "]":
            pairs.extend(self._class_part(start))
        self._at += 1
        if not pairs:
            raise PatternError("bad_class", start)
        return _others(_normal(pairs)) if negated else _normal(pairs)

    def _class_part(self, start: int) -> list[tuple[int, int]]:
        low = self._class_member()
        if self._peek() != "-" or self._text[self._at + 1 : self._at + 2] == "]":
            return list(zip(low[::2], low[1::2], strict=True))
        self._at += 1
        high = self._class_member()
        if len(low) != 2 or low[0] != low[1] or len(high) != 2 or high[0] != high[1] or high[0] < low[0]:
            raise PatternError("bad_class", start)
        return [(low[0], high[0])]

    def _class_member(self) -> Ranges:
        start, character = self._at, self._take()
        if character == "\\":
            return self._escape(start)
        if character == "[":
            # Nested classes mean something else to some engines: ask for "\\[".
            raise PatternError("bad_class", start)
        return (ord(character), ord(character))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3

"""The tree of a code frame as pure structure: order, depth, what lies below what."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

DEEPEST = 3


class Loop(ValueError):  # noqa: N818  (named for what it is)
    """A code cannot lie below itself."""


class Tree(Generic[Key]):
    """Built from ``(key, key of what is above or None)`` in the order of siblings.

    What names something above it that is not there stands at the top. Raises ``Loop``.
    """

    def __init__(self, rows: Iterable[tuple[Key, Key | None]]) -> None:
        listed = list(rows)
        known = {key for key, _above in listed}
        self.above: Mapping[Key, Key | None] = {
            key: (above if above in known else None) for key, above in listed
        }
        self.below: dict[Key | None, list[Key]] = {}
        for key, above in self.above.items():
            self.below.setdefault(above, []).append(key)
        self.order: Sequence[Key] = list(self._walk(None))
        if len(self.order) != len(self.above):
            raise Loop

    def _walk(self, above: Key | None) -> Iterator[Key]:
        for key in self.below.get(above, []):
            yield key
            yield from self._walk(key)

    def ancestors(self, key: Key) -> list[Key]:
        """What lies above, the nearest first."""
        found: list[Key] = []
        above = self.above[key]
        while above is not None:
            found.append(above)
            above = self.above[above]
        return found

    def depth(self, key: Key) -> int:
        """0 at the top."""
        return len(self.ancestors(key))

    def height(self, key: Key) -> int:
        """How many levels lie below: 0 for a leaf."""
        return max((1 + self.height(child) for child in self.below.get(key, [])), default=0)

    def descendants(self, key: Key) -> list[Key]:
        """What lies below, in order, without itself."""
        return list(self._walk(key))

    def with_ancestors(self, keys: Iterable[Key]) -> set[Key]:
        """Rolled up: a text about a sub-code is a text about everything above it. Unknown keys fall out."""
        known = [key for key in keys if key in self.above]
        return {*known, *(above for key in known for above in self.ancestors(key))}

    def fits(self, key: Key, above: Key | None) -> bool:
        """Whether a code may move there: not below itself, and not too deep."""
        if above is None:
            return True
        inside = above == key or above in self.descendants(key)
        return not inside and self.depth(above) + 1 + self.height(key) < DEEPEST

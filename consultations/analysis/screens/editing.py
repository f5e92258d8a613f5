"""A filter changed part by part: a condition more, a part less, and / or turned round.

A part is named by its way from the root: ``""`` is the whole, ``"1"`` its second part, ``"1.0"`` the first
part of that. Whatever is changed, the outcome is a group without empty groups in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..filters import EVERYTHING, Condition, Filter, Group

NEW = "new"
"""In place of a way: a new group for the condition."""


@dataclass(frozen=True)
class Node:
    """A part of a filter with its way, for whoever shows it."""

    way: str
    part: Filter
    children: tuple[Node, ...] = ()


def outline(tree: Filter, way: str = "") -> Node:
    """The filter with the ways of its parts."""
    if isinstance(tree, Condition):
        return Node(way, tree)
    children = tuple(outline(part, _below(way, place)) for place, part in enumerate(tree.parts))
    return Node(way, tree, children)


def groups(tree: Group) -> Iterator[Node]:
    """The groups right below the root, to which a condition may be added."""
    return (node for node in outline(tree).children if isinstance(node.part, Group))


def rooted(tree: Filter) -> Group:
    """The same filter as a group."""
    return tree if isinstance(tree, Group) else Group("and", (tree,))


def add(tree: Filter, condition: Condition, *, into: str = "") -> Group:
    """With a condition more: in the whole, in the group at ``into``, or in a new group.

    A new group is joined inside by the other word than the whole, else it would change nothing.
    """
    root = rooted(tree)
    if into == NEW:
        other = "or" if root.word == "and" else "and"
        return replace(root, parts=(*root.parts, Group(other, (condition,))))
    found = _at(root, into)
    if not isinstance(found, Group):
        return replace(root, parts=(*root.parts, condition))
    return rooted(_put(root, into, replace(found, parts=(*found.parts, condition))))


def remove(tree: Filter, way: str) -> Group:
    """Without the part at a way, and without groups that this leaves empty. Unknown ways change nothing."""
    if not way:
        return EVERYTHING
    return _without_empty(rooted(_put(rooted(tree), way, None)))


def turn(tree: Filter, way: str) -> Group:
    """And in place of or, or the other way round, in the group at a way."""
    root = rooted(tree)
    found = _at(root, way)
    if not isinstance(found, Group):
        return root
    return rooted(_put(root, way, replace(found, word="or" if found.word == "and" else "and")))


def _below(way: str, place: int) -> str:
    return f"{way}.{place}" if way else str(place)


def _at(tree: Filter, way: str) -> Filter | None:
    for step in way.split(".") if way else ():
        if not isinstance(tree, Group) or not step.isdecimal() or int(step) >= len(tree.parts):
            return None
        tree = tree.parts[int(step)]
    return tree


def _put(tree: Filter, way: str, new: Filter | None) -> Filter:
    """With another part at a way; ``None`` takes it out. An unknown way changes nothing."""
    if not way:
        return new if new is not None else EVERYTHING
    if _at(tree, way) is None or not isinstance(tree, Group):
        return tree
    first, _dot, rest = way.partition(".")
    place = int(first)
    inner = new if not rest else _put(tree.parts[place], rest, new)
    kept = () if inner is None else (inner,)
    return replace(tree, parts=(*tree.parts[:place], *kept, *tree.parts[place + 1 :]))


def _without_empty(tree: Group) -> Group:
    parts = (_without_empty(part) if isinstance(part, Group) else part for part in tree.parts)
    return replace(tree, parts=tuple(part for part in parts if not isinstance(part, Group) or part.parts))

"""The motifs of the country cloths: plain geometry on a 9 by 9 grid, composed for this portal.

``a`` is the figure, ``b`` the accent, a dot the ground. None copies a named historic textile.
"""

from __future__ import annotations

Motif = tuple[str, ...]


def _mirrored(*quarter: str) -> Motif:
    """A whole motif from its upper left quarter; the middle row and column are shared."""
    rows = tuple(row + row[-2::-1] for row in quarter)
    return rows + rows[-2::-1]


MOTIFS: dict[str, Motif] = {
    "diamond": _mirrored("....a", "...aa", "..aa.", ".aa.b", "aa.bb"),
    "eye": _mirrored(".....", ".aaaa", ".a...", ".a.bb", ".a.b."),
    "steps": _mirrored("aaa..", "aa...", "a...b", "...bb", "..bb."),
    "star": _mirrored("a...a", ".a..a", "..a.b", "...bb", "aabb."),
    "cross": _mirrored("....a", "..b.a", ".bb.a", ".....", "aaa.a"),
    "seeds": _mirrored("aa..b", "aa..b", "..aa.", "..aa.", "bb..b"),
    "frame": _mirrored("bbbbb", "b....", "b.aaa", "b.a..", "b.a.a"),
    "flower": _mirrored("..aa.", ".aaa.", "aaa.b", "aa.bb", "..bb."),
    "hook": (
        "aaaaaaaa.",
        "a......a.",
        "a.bbbb.a.",
        "a.b..b.a.",
        "a.bb.b.a.",
        "a....b.a.",
        "bbbbbb.a.",
        ".......a.",
        "aaaaaaaa.",
    ),
    "wave": (
        "a.......b",
        "aa.....bb",
        "aaa...bbb",
        "aaaa.bbbb",
        ".........",
        "bbbb.aaaa",
        "bbb...aaa",
        "bb.....aa",
        "b.......a",
    ),
    "peaks": (
        "....a....",
        "...aaa...",
        "..aa.aa..",
        ".aa.b.aa.",
        "aa.bbb.aa",
        "a.bb.bb.a",
        ".bb...bb.",
        "bb..a..bb",
        "b..aaa..b",
    ),
}

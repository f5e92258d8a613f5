"""Code frames in words: the codes of a frame in the order of its tree, as screens and exports show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..models import Code, CodeFrame, Consultation
from .tree import Tree


@dataclass(frozen=True)
class Theme:
    """A code at its place. ``key`` is what one types to give it ("42"); empty where there is none."""

    code: Code
    depth: int
    number: str
    key: str

    @property
    def label(self) -> str:
        return str(self.code)


@dataclass(frozen=True)
class Codes:
    """All codes of a frame, read once."""

    frame: CodeFrame
    rows: Sequence[Code]

    @cached_property
    def by_key(self) -> Mapping[int, Code]:
        return {code.pk: code for code in self.rows}

    @cached_property
    def tree(self) -> Tree[int]:
        return Tree((code.pk, code.parent_id) for code in self.rows)

    @cached_property
    def themes(self) -> list[Theme]:
        """Every code, the retired too, in the order of the tree and with numbers such as 4.2."""
        numbers: dict[int, str] = {}
        for keys in self.tree.below.values():
            live = [key for key in keys if not self.by_key[key].is_retired]
            numbers.update(dict.fromkeys(keys, "–"))
            numbers.update({key: str(place) for place, key in enumerate(live, start=1)})
        return [self._theme(key, numbers) for key in self.tree.order]

    def _theme(self, key: int, numbers: Mapping[int, str]) -> Theme:
        path = [numbers[step] for step in (*reversed(self.tree.ancestors(key)), key)]
        typed = len(path) <= 2 and all(len(part) == 1 and part.isdigit() for part in path)
        return Theme(self.by_key[key], len(path) - 1, ".".join(path), "".join(path) if typed else "")

    @property
    def in_use(self) -> list[Theme]:
        """Those that can be given today; a retired heading hides what lies below it."""
        retired = {code.pk for code in self.rows if code.is_retired}
        return [
            theme
            for theme in self.themes
            if not retired & {theme.code.pk, *self.tree.ancestors(theme.code.pk)}
        ]

    def path(self, key: int) -> str:
        """«Consular services › Appointments»."""
        return " › ".join(str(self.by_key[step]) for step in (*reversed(self.tree.ancestors(key)), key))


def codes_of(frame: CodeFrame) -> Codes:
    return Codes(frame, list(frame.codes.order_by("sort_order", "pk")))


def frame_of(consultation: Consultation) -> CodeFrame | None:
    """The frame that a consultation is coded with; nothing before somebody chose one."""
    return CodeFrame.objects.filter(uses__consultation=consultation).first()

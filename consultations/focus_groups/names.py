"""Names of participants in what is written about a session: they have no place there, seats have numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Contact, FocusGroupSession
from .turns import Turn, words

_SHORTEST = 3
_PARTICLES = frozenset({"del", "los", "las", "san", "van", "von", "della", "dos", "das"})
_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]{2,}")


@dataclass(frozen=True)
class Found:
    """A word that names somebody, or may: where it stands, and how it is written there."""

    line: int
    word: str


def names_in(session: FocusGroupSession, turns: Iterable[Turn]) -> list[Found]:
    """Names of people who signed up for the group, any e-mail address, and speakers labelled by a name.

    Written with a capital letter: «Luz» is somebody, «la luz» is light. In the order of the text.
    """
    known = _known(session)
    found: dict[Found, None] = {}
    for turn in turns:
        if turn.label:
            found[Found(turn.line, turn.label)] = None
        for address in _EMAIL.findall(turn.text):
            found[Found(turn.line, address)] = None
        for word, plain in words(turn.text):
            if plain in known and not word[0].islower():
                found[Found(turn.line, word)] = None
    return list(found)


def _known(session: FocusGroupSession) -> frozenset[str]:
    names = Contact.objects.filter(registration__group=session.group_id).values_list("name", flat=True)
    parts = {plain for name in names for _word, plain in words(name)}
    return frozenset(part for part in parts if len(part) >= _SHORTEST and part not in _PARTICLES)

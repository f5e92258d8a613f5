"""A transcript as turns: who said what, by the number of the seat, and when. Pure: without Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

# Somebody who goes on after so many milliseconds, or for so long, begins another turn where nobody is named.
PAUSE = 2_000
LONGEST_UNNAMED = 600

_SEAT_WORDS = "participante|participant|partecipante|persona|person|asiento|seat|posto|hablante|speaker|p"
_MODERATORS = (
    "moderacion|moderador|moderadora|moderator|moderatore|moderatrice|facilitador|facilitadora|facilitator|"
    "facilitatore|facilitatrice|entrevistador|entrevistadora|interviewer|intervistatore|intervistatrice|mod|m"
)
_SEAT = re.compile(rf"(?:{_SEAT_WORDS})\s*(?:n\W{{0,2}}o?\s*)?(\d{{1,3}})")
_MODERATOR = re.compile(rf"(?:{_MODERATORS})(?:[/(]a\)?)?(?:\s*\d{{1,2}})?")
_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_LEADING_TIME = re.compile(rf"^[\[(]?({_TIME})[\])]?\s*[-–—]?\s*")
_LABEL = re.compile(rf"^([^\W\d_][^:\n]{{0,48}}?)\s*(?:[\[(]({_TIME})[\])])?\s*:\s*(.*)$", re.DOTALL)
_OWN_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:\s+[^\W\d_][^\W\d_.'’-]*){0,3}")


@dataclass(frozen=True)
class Line:
    """A paragraph of a document, or a cue of subtitles, as it stands there; ``number`` counts from 1."""

    number: int
    text: str
    begins: int | None = None
    ends: int | None = None
    voice: str = ""


@dataclass(frozen=True)
class Turn:
    """What one person said until somebody else spoke. Times are milliseconds from the beginning."""

    text: str
    line: int
    speaker: int | None = None
    is_moderator: bool = False
    begins: int | None = None
    ends: int | None = None
    # A label that is neither a seat nor the moderator: perhaps a name.
    label: str = ""

    @property
    def is_named(self) -> bool:
        return self.speaker is not None or self.is_moderator


def turns(lines: Iterable[Line]) -> list[Turn]:
    """Lines put together: a line that names nobody goes on with the turn before it."""
    found: list[Turn] = []
    for turn in filter(None, map(_turn_of, lines)):
        if found and _goes_on(found[-1], turn):
            found[-1] = _joined(found[-1], turn)
        else:
            found.append(turn)
    return [turn for turn in found if turn.text]


def _turn_of(line: Line) -> Turn | None:
    text, begins = line.text.strip(), line.begins
    if timed := _LEADING_TIME.match(text):
        text, begins = text[timed.end() :], begins if begins is not None else milliseconds(timed[1])
    if line.voice:
        return _labelled(Turn(text, line.number, begins=begins, ends=line.ends), line.voice)
    if label := _LABEL.match(text):
        at = milliseconds(label[2]) if label[2] else begins
        turn = _labelled(Turn(label[3].strip(), line.number, begins=at, ends=line.ends), label[1])
        if turn.is_named or _looks_like_a_name(label[1]):
            return turn
    return Turn(text, line.number, begins=begins, ends=line.ends) if text else None


def _labelled(turn: Turn, label: str) -> Turn:
    plain = _plain(label)
    if seat := _SEAT.fullmatch(plain):
        return replace(turn, speaker=int(seat[1]))
    if _MODERATOR.fullmatch(plain):
        return replace(turn, is_moderator=True)
    return replace(turn, label=" ".join(label.split()))


def _looks_like_a_name(label: str) -> bool:
    """«Rosa Quispe:» may be somebody; «me dijo lo siguiente:» is part of a sentence."""
    words = label.split()
    return bool(_OWN_NAME.fullmatch(label)) and all(word[0].isupper() for word in words)


def _goes_on(before: Turn, after: Turn) -> bool:
    if after.is_named or after.label:
        return False
    if before.begins is None or after.begins is None:
        return before.is_named or bool(before.label)
    silence = after.begins - (before.ends if before.ends is not None else before.begins)
    if before.is_named:
        return before.ends is None or silence <= PAUSE
    return silence <= PAUSE and len(before.text) < LONGEST_UNNAMED


def _joined(before: Turn, after: Turn) -> Turn:
    ends = after.ends if after.ends is not None else before.ends
    return replace(before, text=f"{before.text} {after.text}".strip(), ends=ends)


def milliseconds(text: str) -> int:
    """Of «1:02:03,450» or «02:03»."""
    clock, _point, fraction = text.replace(",", ".").partition(".")
    seconds = 0
    for part in clock.split(":"):
        seconds = 60 * seconds + int(part)
    return 1000 * seconds + int(fraction.ljust(3, "0") or 0)


def _plain(text: str) -> str:
    """Without accents, capitals and needless blanks."""
    parts = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())


def words(text: str) -> Iterator[tuple[str, str]]:
    """Every word as it is written, and plain."""
    for found in re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text):
        yield found[0], _plain(found[0])

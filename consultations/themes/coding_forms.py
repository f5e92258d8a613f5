"""What a coder sends: codes of the whole, stretches, a note. Nothing sent is lost when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..enums import TextSource
from .coding import Mark
from .queueing import ANYONE, MINE, Wanted
from .spans import Span, sentences

WHOSE = (("", _("Mine and nobody's")), (MINE, _("Mine alone")), (ANYONE, _("Anybody's")))


@dataclass(frozen=True)
class SentCoding:
    """``action``: what was pressed, such as ``save``, ``mark`` or ``unmark:7:0:12``."""

    marks: list[Mark]
    note: str
    doubtful: bool
    base: int
    action: str

    @classmethod
    def of(cls, data: QueryDict, text: str) -> SentCoding:
        marks = [Mark(number) for code in data.getlist("code") if (number := whole(code))]
        marks += [mark for value in data.getlist("span") if (mark := _span(value))]
        action = data.get("action", "save")
        if action == "mark" and (new := _by_sentences(data, text)):
            marks.append(new)
        if action.startswith("unmark:"):
            gone = _span(action.removeprefix("unmark:"))
            marks = [mark for mark in marks if mark != gone]
        return cls(
            marks=list(dict.fromkeys(marks)),
            note=data.get("note", "")[:2000],
            doubtful="doubtful" in data,
            base=whole(data.get("base", "")) or 0,
            action=action,
        )


def wanted_of(query: QueryDict) -> Wanted:
    """From an address. What it does not know it leaves out."""
    source, whose = query.get("source", ""), query.get("whose", "")
    return Wanted(
        source=source if source in TextSource.values else "",
        answer=query.get("answer", "")[:80],
        language=query.get("language", "")[:20],
        whose=whose if whose in (MINE, ANYONE) else "",
    )


def query_of(wanted: Wanted) -> str:
    """The other way: ``source=note&language=it``."""
    query = QueryDict(mutable=True)
    for name in ("source", "answer", "language", "whose"):
        if value := getattr(wanted, name):
            query[name] = value
    return query.urlencode()


def language_names() -> dict[str, str]:
    return {code: str(name) for code, name in settings.LANGUAGES}


def whole(value: str | None) -> int | None:
    """A whole number that fits into a key, or nothing."""
    return int(value) if value and value.isdecimal() and len(value) < 16 else None


def _span(value: str) -> Mark | None:
    parts = [whole(part) for part in value.split(":")]
    if len(parts) != 3 or parts[0] is None or parts[1] is None or parts[2] is None or parts[1] >= parts[2]:
        return None
    return Mark(parts[0], Span(parts[1], parts[2]))


def _by_sentences(data: QueryDict, text: str) -> Mark | None:
    """From one sentence to another, in either order: the way without a mouse or scripts."""
    code = whole(data.get("span_code"))
    first, last = whole(data.get("from_sentence")), whole(data.get("to_sentence"))
    found = sentences(text)
    if (
        code is None
        or first is None
        or last is None
        or not 1 <= min(first, last) <= max(first, last) <= len(found)
    ):
        return None
    return Mark(code, Span(found[min(first, last) - 1].start, found[max(first, last) - 1].end))

"""What a theme rests on, side by side: answers, words of focus groups, quotations that may be used.

For those who may read single texts. Texts in an open double coding are left out, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.models import User

from ..analysis.figures import percent
from ..enums import TextSource
from ..models import Coding, Consultation, Passage
from .quotations import UsableQuotation, usable
from .spans import Span, joined
from .tallies import ThemeCount
from .visibility import judgements_visible_to, passages_visible_to

MOST_TEXTS = 6
GROUP_SOURCES = (TextSource.NOTE, TextSource.EXCERPT)


@dataclass(frozen=True)
class Voice:
    """A text about a theme. ``words`` is what was marked in it, or the whole of it."""

    passage: Passage
    words: str
    is_part: bool
    doubtful: bool


@dataclass(frozen=True)
class Side:
    """The evidence from answers, or from focus groups. ``coded``: all coded texts of this kind."""

    key: str
    texts: int
    coded: int
    voices: Sequence[Voice]

    @property
    def share(self) -> float | None:
        return percent(self.texts, self.coded)


def sides(consultation: Consultation, count: ThemeCount, keys: Sequence[int], user: User) -> list[Side]:
    """Answers first, then focus groups; ``keys`` are those of the theme and of all below it."""
    return [
        _side(TextSource.ANSWER, (TextSource.ANSWER,), consultation, count, keys, user),
        _side("groups", GROUP_SOURCES, consultation, count, keys, user),
    ]


def quoted(consultation: Consultation, keys: Sequence[int]) -> list[UsableQuotation]:
    """Approved, and allowed by their authors today."""
    return [q for q in usable(consultation) if q.code is not None and q.code.pk in keys]


def _side(
    key: str,
    sources: Sequence[str],
    consultation: Consultation,
    count: ThemeCount,
    keys: Sequence[int],
    user: User,
) -> Side:
    texts = sum(count.by_source[source] for source in sources)
    coded = sum(count.base.by_source[source] for source in sources)
    most = MOST_TEXTS // len(sources)
    voices = [voice for source in sources for voice in _voices(source, most, consultation, keys, user)]
    return Side(key, texts, coded, voices)


def _voices(
    source: str, most: int, consultation: Consultation, keys: Sequence[int], user: User
) -> list[Voice]:
    seen = judgements_visible_to(user).counting().filter(codings__code__in=keys)
    passages = passages_visible_to(user).filter(consultation=consultation, source=source, judgements__in=seen)
    listed = list(passages.with_texts().select_related("excerpt__session").distinct().order_by("pk")[:most])
    codings = Coding.objects.filter(judgement__in=seen, judgement__passage__in=listed, code__in=keys)
    spans: dict[int, list[Coding]] = {}
    for coding in codings.select_related("judgement"):
        spans.setdefault(coding.judgement.passage_id, []).append(coding)
    return [_voice(passage, spans.get(passage.pk, [])) for passage in listed if passage.text]


def _voice(passage: Passage, codings: Sequence[Coding]) -> Voice:
    doubtful = any(coding.judgement.doubtful for coding in codings)
    marked = [Span(c.start, c.end) for c in codings if c.start is not None and c.end is not None]
    if not marked or len(marked) < len(codings):
        return Voice(passage, passage.text, is_part=False, doubtful=doubtful)
    words = " […] ".join(span.of(passage.text) for span in joined(marked))
    return Voice(passage, words, is_part=words != passage.text, doubtful=doubtful)

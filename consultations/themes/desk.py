"""What stands on the coder's screen: one text with its marks, the codes to choose from, and what helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

from portal.clocks import on_clock
from portal.models import User

from ..enums import Channel, TextSource
from ..models import Code, FocusGroupSession, Judgement, Passage, Suggestion
from .coding import Mark, own_judgement
from .coding_forms import language_names
from .open_answers import open_answers
from .permission import may_be_quoted
from .side_by_side import Pair, Typed, pairs_of
from .spans import Span, segments, sentences
from .visibility import is_blind, judgements_visible_to, passages_visible_to
from .wording import Codes, Theme


@dataclass(frozen=True)
class Choice:
    """One code that can be given. ``percent`` and ``because`` come from a suggestion, if there is one."""

    theme: Theme
    chosen: bool
    percent: int | None = None
    because: Sequence[str] = ()

    @property
    def text_for_search(self) -> str:
        return f"{self.theme.label} {self.theme.code.definition or ''}".lower()


@dataclass(frozen=True)
class Piece:
    """A stretch of the text as it is drawn, with the codes over it."""

    text: str
    codes: Sequence[Code]


@dataclass(frozen=True)
class MarkedSpan:
    code: Code
    words: str
    start: int
    end: int

    @property
    def value(self) -> str:
        return f"{self.code.pk}:{self.start}:{self.end}"


@dataclass(frozen=True)
class Similar:
    passage: Passage
    codes: Sequence[Code]


@dataclass(frozen=True)
class Desk:
    """``marks`` are those on the form right now, saved or not."""

    passage: Passage
    user: User
    codes: Codes
    marks: Sequence[Mark]
    note: str
    doubtful: bool
    typed: Typed | None = None

    @cached_property
    def judgement(self) -> Judgement:
        return own_judgement(self.passage, self.user)

    @cached_property
    def blind(self) -> bool:
        return is_blind(self.passage, self.user)

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def pieces(self) -> list[Piece]:
        """Cut at every mark; where two overlap, a piece lies under both."""
        marked = [(mark.span, mark.code) for mark in self.marks if mark.span]
        known = self.codes.by_key
        return [
            Piece(segment.text, [known[key] for key in segment.marks if key in known])
            for segment in segments(self.text, marked)
        ]

    @property
    def sentences(self) -> list[tuple[int, str, Span]]:
        return [(n, span.of(self.text), span) for n, span in enumerate(sentences(self.text), start=1)]

    @property
    def marked(self) -> list[MarkedSpan]:
        spans = [(mark, mark.span) for mark in self.marks if mark.span and mark.code in self.codes.by_key]
        return [
            MarkedSpan(self.codes.by_key[mark.code], span.of(self.text), span.start, span.end)
            for mark, span in sorted(spans, key=lambda pair: (pair[1], pair[0].code))
        ]

    @cached_property
    def suggestions(self) -> dict[int, Suggestion]:
        """None for the second coder of an open sample: seeing them would bend the judgement."""
        if self.blind:
            return {}
        return {item.code_id: item for item in Suggestion.objects.filter(passage=self.passage)}

    @property
    def choices(self) -> list[Choice]:
        """The codes in use, and those that the judgement has from before they were retired."""
        whole = {mark.code for mark in self.marks if mark.span is None}
        offered = {theme.code.pk for theme in self.codes.in_use} | {mark.code for mark in self.marks}
        return [self._choice(theme, whole) for theme in self.codes.themes if theme.code.pk in offered]

    @property
    def suggested(self) -> list[Choice]:
        found = [choice for choice in self.choices if choice.percent is not None]
        return sorted(found, key=lambda choice: -(choice.percent or 0))

    def _choice(self, theme: Theme, whole: set[int]) -> Choice:
        found = self.suggestions.get(theme.code.pk)
        chosen = theme.code.pk in whole
        if found is None:
            return Choice(theme, chosen)
        return Choice(theme, chosen, round(100 * found.score), found.because)

    @property
    def question(self) -> str:
        """What was asked, in the reader's language; the topic or the session for a focus group."""
        passage = self.passage
        if passage.source == TextSource.ANSWER:
            listed = {a.name: a.label_in(get_language() or "") for a in open_answers(passage.consultation)}
            return listed.get(passage.answer, passage.question)
        if passage.note is not None:
            return f"{passage.note.topic} · {passage.get_part_display()}"
        return _told(passage.excerpt.session) if passage.excerpt else ""

    @property
    def language_name(self) -> str:
        return self.passage.language_name

    @property
    def languages_to_translate(self) -> list[tuple[str, str]]:
        have = {pair.translation.language for pair in self.translations} | {self.passage.language}
        return [pair for pair in language_names().items() if pair[0] not in have]

    @property
    def is_simulated(self) -> bool:
        return self.passage.response is not None and self.passage.response.channel == Channel.SIMULATED

    @cached_property
    def quotable(self) -> bool:
        return may_be_quoted(self.passage)

    @cached_property
    def translations(self) -> list[Pair]:
        return list(pairs_of(self.passage, self.typed))

    @property
    def typed_anew(self) -> Typed | None:
        """A translation that was not kept, into a language that has none."""
        languages = dict(self.languages_to_translate)
        return self.typed if self.typed and self.typed.language in languages else None

    @cached_property
    def others(self) -> list[Judgement]:
        """What other people found in this text; nothing while a double coding of it is open."""
        if self.blind:
            return []
        seen = judgements_visible_to(self.user).done().filter(passage=self.passage)
        return list(
            seen.exclude(pk=self.judgement.pk).select_related("coder").prefetch_related("codings__code")
        )

    @cached_property
    def similar(self) -> list[Similar]:
        """The nearest coded texts, with the codes that count for them and that this person may see."""
        if self.blind or not self.passage.similar:
            return []
        near = passages_visible_to(self.user).filter(pk__in=self.passage.similar).with_texts()
        counting = judgements_visible_to(self.user).counting().filter(passage__in=near)
        codes = {
            judgement.passage_id: [coding.code for coding in judgement.codings.all()]
            for judgement in counting.prefetch_related("codings__code")
        }
        listed = [p for p in near if p.pk in codes]
        return [
            Similar(passage, list(dict.fromkeys(codes[passage.pk])))
            for passage in sorted(listed, key=lambda p: self.passage.similar.index(p.pk))
        ]


def _told(session: FocusGroupSession) -> str:
    """Which group it was and when, on the clock of the place."""
    return f"{session.group} · {on_clock(session.starts_at, session.zone).text}"

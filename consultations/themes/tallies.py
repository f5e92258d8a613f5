"""How often each theme was found: in texts, and by people. Only what a person coded counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl
from django.db.models import Q

from ..analysis.frame import ID, Frame
from ..enums import ResponseStatus, TextSource
from ..models import Code, Coding, Consultation, Passage
from ..models.passage import PassageQuerySet
from .visibility import being_double_coded
from .wording import Codes, codes_of, frame_of

FLAG = "theme."
"""Begins the name of each column that says whether a response speaks of a theme: ``theme.d_citas``."""


@dataclass(frozen=True)
class Base:
    """What the counts are counted over. ``people`` are those who answered and those who spoke from a seat."""

    texts: int
    people: int
    # Texts that nobody coded yet.
    waiting: int
    # Of the coded texts, by where they come from.
    by_source: Mapping[str, int] = field(default_factory=dict)
    # Texts of an open double coding, which are in none of these numbers.
    left_out: int = 0


@dataclass(frozen=True)
class ThemeCount:
    """A theme with everything below it: a text under two of its sub-codes counts once."""

    code: Code
    depth: int
    number: str
    texts: int
    people: int
    # Texts that carry this very code, not only one below it.
    own_texts: int
    by_source: Mapping[str, int]
    base: Base

    @property
    def in_groups(self) -> int:
        """Texts from focus groups: notes and excerpts."""
        return self.texts - self.by_source[TextSource.ANSWER]

    @property
    def share(self) -> float:
        """Of the coded texts, in percent."""
        return 100 * self.texts / self.base.texts if self.base.texts else 0.0

    @property
    def share_of_people(self) -> float:
        return 100 * self.people / self.base.people if self.base.people else 0.0


@dataclass(frozen=True)
class _Coded:
    """A text that somebody coded: where it comes from, who said it, and its codes."""

    source: str
    # Empty where nobody can tell: a note sums up what several said.
    person: str
    codes: frozenset[int]


def counts(consultation: Consultation) -> list[ThemeCount]:
    """Every theme in the order of the tree, the unused with nothing; empty before a frame was chosen. Retired
    ones stay as long as texts speak of them or of something below them.

    Counts of few people are not hidden here: whoever passes them on asks ``protected_themes``.
    """
    frame = frame_of(consultation)
    if frame is None:
        return []
    codes = codes_of(frame)
    coded = list(_coded(consultation))
    every = counted(consultation).count()
    left_out = standing(consultation).count() - every
    base = Base(len(coded), _people(coded), every - len(coded), _by_source(coded), left_out)
    found = (_count(codes, t.code, t.depth, t.number, coded, base) for t in codes.themes)
    return [theme for theme in found if theme.texts or not theme.code.is_retired]


def code_columns(frame: Frame, consultation: Consultation) -> pl.DataFrame:
    """One row a response, in the order of the frame, to be joined by ``response.id``.

    A column a theme, named ``theme.<identifier>``: 1 where a text of the response speaks of it or of
    something below it, 0 where its coded texts do not, empty where none of its texts was coded. Texts in an
    open double coding count as not coded here.
    """
    ids = frame.table.select(ID)
    code_frame = frame_of(consultation)
    if code_frame is None:
        return ids
    codes = codes_of(code_frame)
    found: dict[str, set[int]] = {}
    for text in _coded(consultation):
        if text.source == TextSource.ANSWER:
            found.setdefault(text.person, set()).update(codes.tree.with_ancestors(text.codes))
    flags = {
        f"{FLAG}{theme.code.name}": pl.Series(
            [int(theme.code.pk in keys) for keys in found.values()], dtype=pl.Int8
        )
        for theme in codes.themes
    }
    coded = pl.DataFrame({ID: pl.Series(list(found), dtype=pl.String), **flags})
    return ids.join(coded, on=ID, how="left", maintain_order="left")


def _count(codes: Codes, code: Code, depth: int, number: str, coded: list[_Coded], base: Base) -> ThemeCount:
    keys = {code.pk, *codes.tree.descendants(code.pk)}
    about = [text for text in coded if keys & text.codes]
    own = sum(code.pk in text.codes for text in about)
    return ThemeCount(code, depth, number, len(about), _people(about), own, _by_source(about), base)


def _by_source(texts: Iterable[_Coded]) -> dict[str, int]:
    found = Counter(text.source for text in texts)
    return {source.value: found[source.value] for source in TextSource}


def _people(coded: Iterable[_Coded]) -> int:
    return len({text.person for text in coded if text.person})


def standing(consultation: Consultation) -> PassageQuerySet:
    """Every text that may count: of answers only those that are sent and were not taken back."""
    of_answers = Q(response__status=ResponseStatus.SUBMITTED)
    return Passage.objects.filter(of_answers | ~Q(source=TextSource.ANSWER), consultation=consultation)


def counted(consultation: Consultation) -> PassageQuerySet:
    """Those of ``standing`` that are in numbers. What is coded a second time waits until that is closed:
    a count with these texts, less one without them, would tell the second coder what the first one found.
    """
    return standing(consultation).exclude(pk__in=being_double_coded())


def _coded(consultation: Consultation) -> Iterator[_Coded]:
    texts = counted(consultation).coded().order_by("pk")
    rows = texts.values_list("pk", "source", "response", "excerpt__session", "excerpt__speaker")
    given = codes_by_text(consultation)
    for key, source, response, session, speaker in rows:
        seat = f"{session}/{speaker}" if speaker is not None else ""
        yield _Coded(source, str(response) if response else seat, frozenset(given.get(key, ())))


def codes_by_text(consultation: Consultation) -> dict[int, set[int]]:
    """The codes that count, by the key of their text. A text that is about nothing is not in it."""
    given: dict[int, set[int]] = {}
    codings = Coding.objects.filter(judgement__counts=True, judgement__passage__consultation=consultation)
    for key, code in codings.order_by().values_list("judgement__passage", "code").distinct():
        given.setdefault(key, set()).add(code)
    return given

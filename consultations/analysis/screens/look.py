"""One look at the answers: whose eyes, which rows, weights and words. All figures pass through here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import polars as pl
from django.core.cache import cache
from django.db.models import Count
from django.utils.translation import get_language

from portal.models import User

from ... import rules
from ...enums import Channel, ResponseStatus
from ...models import AnswerSnapshot, Consultation, Response, WeightingScheme
from .. import dropoff, filters, selecting, snapshot, tallies
from ..dropoff import QuestionReach, SectionReach
from ..figures import Tally
from ..filters import Group
from ..frame import CHANNEL, Frame
from . import choices
from .choices import Choices
from .editing import rooted
from .labels import Labels
from .saying import Saying

# Figures of one state of the answers are kept this long; the next snapshot has other keys.
KEPT_SECONDS = 3600
T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    """What a screen reads. Nothing else of the answers is given to templates or files."""

    consultation: Consultation
    user: User
    choices: Choices
    frame: Frame
    state: AnswerSnapshot
    scheme: WeightingScheme | None

    @property
    def tree(self) -> Group:
        return rooted(self.choices.tree)

    @property
    def minimum(self) -> int:
        return self.consultation.minimum_cell

    @property
    def language(self) -> str:
        return self.choices.language or reading_language(self.consultation)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.frame, self.language)

    @cached_property
    def saying(self) -> Saying:
        return Saying(self.labels, self.minimum, self.choices.base, weighted=self.weights is not None)

    @cached_property
    def rows(self) -> pl.Series | None:
        """Raises ``FilterError`` where the filter does not fit the questionnaire."""
        return selecting.mask(self.frame, self.tree) if self.tree.parts else None

    @cached_property
    def weights(self) -> pl.Series | None:
        return None

    @property
    def hidden(self) -> frozenset[str]:
        """Questions that this person may not filter by."""
        return frozenset()

    @property
    def total(self) -> int | None:
        """How many answers the filter lets through."""
        return self.frame.table.height if self.rows is None else int(self.rows.sum())

    def unfiltered(self) -> Look:
        """The same eyes on all answers, unweighted."""
        return replace(self, choices=replace(self.choices.without_filter(), scheme=None), scheme=None)

    def on(self, consultation: Consultation, frame: Frame, state: AnswerSnapshot) -> Look:
        """The same eyes on another consultation, without filter and weights."""
        return replace(self.unfiltered(), consultation=consultation, frame=frame, state=state)

    def tally(self, question: str) -> Tally:
        """Raises ``KeyError``."""
        make = lambda: tallies.tally(self.frame, question, rows=self.rows, weights=self.weights)  # noqa: E731
        return self.kept(f"tally {question}", make)

    def by_context(self, name: str) -> Mapping[str, tuple[int, float]]:
        return tallies.by_context(self.frame, name, rows=self.rows, weights=self.weights)

    def sections(self) -> list[SectionReach]:
        return self.kept("sections", lambda: dropoff.sections(self.consultation, self.frame))

    def counts(self) -> Mapping[str, int | None]:
        """Answers by their state: sent, not sent yet, withdrawn; and how many of the sent are simulated."""
        found = Response.objects.filter(consultation=self.consultation).order_by()
        by_state = dict(found.values_list("status").annotate(n=Count("pk")))
        simulated = int((self.frame.table[CHANNEL] == Channel.SIMULATED).sum())
        return {**{state: by_state.get(state, 0) for state in ResponseStatus.values}, "simulated": simulated}

    def reach(self) -> list[QuestionReach]:
        return self.kept("reach", lambda: dropoff.questions(self.frame))

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What was worked out before from the same answers, filter, weights and rights."""
        key = f"analysis-{hashlib.sha256(f'{self._identity} {name}'.encode()).hexdigest()}"
        found: T | None = cache.get(key)
        if found is None:
            found = make()
            cache.set(key, found, KEPT_SECONDS)
        return found

    @cached_property
    def _identity(self) -> str:
        of_answers = f"{self.consultation.pk} {self.state.number} {filters.digest(self.tree)}"
        s = self.scheme
        return f"{of_answers} {s.pk} {s.margins} {s.lowest} {s.highest}" if s else of_answers


def reading_language(consultation: Consultation) -> str:
    """The reader's language where the consultation speaks it, else its first."""
    own = get_language() or ""
    return own if own in consultation.languages or not consultation.languages else consultation.languages[0]


def look_at(consultation: Consultation, user: User, query: Mapping[str, str]) -> Look | None:
    """``None`` while there is no snapshot yet. Raises ``FilterError`` for a filter that cannot be used."""
    state = AnswerSnapshot.objects.filter(pk=consultation.pk).first()
    frame = snapshot.available(consultation)
    if state is None or frame is None:
        return None
    chosen = choices.from_query(query)
    if chosen.language not in consultation.languages:
        chosen = replace(chosen, language="")
    scheme = _scheme(consultation, chosen)
    look = Look(
        consultation, user, replace(chosen, scheme=scheme.pk if scheme else None), frame, state, scheme
    )
    _ = look.rows
    return look


def _scheme(consultation: Consultation, chosen: Choices) -> WeightingScheme | None:
    return consultation.weighting_schemes.filter(pk=chosen.scheme).first() if chosen.scheme else None


def may_look(user: rules.Anyone) -> bool:
    return rules.may_see_consultations(user)

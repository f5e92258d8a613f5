"""One look at the answers: whose eyes, which rows, weights and words. All figures pass through here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import polars as pl
from django.core.cache import cache
from django.db.models import Count
from django.utils.translation import get_language

from portal.models import User

from ...enums import Channel, ResponseStatus
from ...models import AnswerSnapshot, Consultation, Response, WeightingScheme
from .. import axes, crosstabs, disclosure, dropoff, filters, guard, schemes, scope, tallies
from ..axes import Axis, NoAxisError
from ..crosstabs import CrossTab
from ..dropoff import QuestionReach, SectionReach
from ..figures import Tally
from ..filters import Group
from ..frame import CHANNEL, Frame
from ..protection import Protection
from ..schemes import Comparison
from ..weighting import Raked
from . import choices, limits
from .choices import Choices
from .editing import rooted
from .labels import Labels
from .saying import Saying

# Figures of one state of the answers are kept this long; the next snapshot has other keys.
KEPT_SECONDS = 3600
T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    """What a screen reads. Nothing else of the answers is given to templates or files.

    ``frame`` has the rows that concern the person, ``scope`` says which these are (blank: all of them).
    """

    consultation: Consultation
    user: User
    choices: Choices
    frame: Frame
    state: AnswerSnapshot
    scope: str
    scheme: WeightingScheme | None = None

    @property
    def tree(self) -> Group:
        return rooted(self.choices.tree)

    @cached_property
    def protection(self) -> Protection:
        filtered = bool(self.tree.parts) or bool(self.scope)
        of_rights = Protection.of(self.user, self.consultation, filtered=filtered)
        # An office sees figures of its district, whoever works there: never what few people said.
        return replace(of_rights, applies=True, to_sensitive=True) if self.scope else of_rights

    @property
    def minimum(self) -> int:
        return self.protection.minimum

    @property
    def language(self) -> str:
        return self.choices.language or reading_language(self.consultation)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.frame, self.language)

    @cached_property
    def saying(self) -> Saying:
        return Saying(self.labels, self.choices.base, weighted=self.weights is not None)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Questions that this person may not filter by (``guard``)."""
        return limits.hidden_questions(self.frame, self.user)

    @cached_property
    def rows(self) -> pl.Series | None:
        """Which rows the filter lets through. Raises ``FilterError`` where it may not be shown."""
        return guard.permitted_mask(self.user, self.consultation, self.frame, self.tree)

    @cached_property
    def weights(self) -> pl.Series | None:
        """``None`` without a scheme, and where a question that it needs is gone."""
        raked = self.raked
        return None if raked is None else pl.Series("weight", raked.weights)

    @cached_property
    def raked(self) -> Raked | None:
        scheme = self.scheme
        return None if scheme is None else self.report_of(scheme)

    def report_of(self, scheme: WeightingScheme) -> Raked | None:
        """How the weights of a scheme come about over all rows of this look; the filter is no part of it."""
        try:
            return self.unfiltered().kept(
                f"raked {_of_scheme(scheme)}", lambda: schemes.raked(self.frame, scheme)
            )
        except NoAxisError:
            return None

    @property
    def everybody(self) -> int:
        return self.frame.table.height

    @property
    def total(self) -> int | None:
        """How many answers the filter lets through."""
        found = self.everybody if self.rows is None else int(self.rows.sum())
        return self.protection.shown(found) if self.protection.applies else found

    def unfiltered(self) -> Look:
        """The same eyes on all answers, unweighted."""
        return replace(self, choices=replace(self.choices.without_filter(), scheme=None), scheme=None)

    def with_filter(self, tree: Group) -> Look:
        """The same eyes under another filter."""
        return replace(self, choices=replace(self.choices, tree=tree))

    def tally(self, question: str) -> Tally:
        """Raises ``KeyError``."""
        return self.kept(f"tally {question}", lambda: self._tally(question))

    def _tally(self, question: str) -> Tally:
        found = tallies.tally(self.frame, question, rows=self.rows, weights=self.weights)
        return disclosure.protected_tally(found, self.protection)

    def crosstab(self, rows: str, columns: str, layers: str | None) -> CrossTab:
        """Raises ``NoAxisError`` or ``ValueError``."""
        return self.kept(f"crosstab {rows} {columns} {layers}", lambda: self._crosstab(rows, columns, layers))

    def _crosstab(self, rows: str, columns: str, layers: str | None) -> CrossTab:
        table = crosstabs.crosstab(
            self.frame, rows, columns, layers=layers, only=self.rows, weights=self.weights
        )
        return disclosure.protected_crosstab(table, self.protection)

    def axis(self, field: str) -> Axis:
        """A field with its categories and none of its counts. Raises ``NoAxisError``."""
        axis = self.unfiltered().kept(f"axis {field}", lambda: axes.coded(self.frame, field).axis)
        bare = tuple(replace(category, count=None) for category in axis.categories)
        return replace(axis, categories=bare, asked=None, answered=None)

    def by_context(self, name: str) -> Mapping[str, tuple[int | None, float | None]]:
        """Responses by a field about the response; days by week for those who see no single response."""
        return self.kept(f"context {name}", lambda: self._by_context(name))

    def _by_context(self, name: str) -> Mapping[str, tuple[int | None, float | None]]:
        found = tallies.by_context(self.frame, name, rows=self.rows, weights=self.weights)
        return disclosure.protected_counts(limits.coarse_days(name, found, self.protection), self.protection)

    def comparison(
        self, margin: Mapping[str, Any], weights: pl.Series | None = None, *, question: str
    ) -> list[Comparison]:
        """The sample beside the population. Raises ``NoAxisError``.

        ``margin`` says in ``match`` where each category of the question belongs.
        """
        found = schemes.comparison(self.frame, margin, only=self.rows, weights=weights)
        options = {
            option.name: option.count for line in self.tally(question).lines for option in line.options
        }
        match = margin["match"]
        kept_back = {match.get(name, "") for name, count in options.items() if count is None}
        return disclosure.protected_comparison(found, self.protection, kept_back=kept_back)

    def counts(self) -> Mapping[str, int | None]:
        """Answers by their state; and how many of the sent ones are simulated. Within a district these alone.

        Drafts belong to nobody's district: nothing in them is read.
        """
        simulated = int((self.frame.table[CHANNEL] == Channel.SIMULATED).sum())
        if self.scope:
            in_district = {"submitted": self.everybody, "simulated": simulated}
            return {state: self.protection.shown(count) for state, count in in_district.items()}
        found = Response.objects.filter(consultation=self.consultation).order_by()
        by_state = dict(found.values_list("status").annotate(n=Count("*")))
        counts = {state: by_state.get(state, 0) for state in ResponseStatus.values}
        counts["simulated"] = simulated
        if self.protection.applies:
            # The sent ones as they are in the figures: the newest wait until there are enough of them.
            counts["submitted"] = self.everybody
            return {state: self.protection.shown(count) for state, count in counts.items()}
        return dict(counts)

    def sections(self) -> list[SectionReach]:
        """Of everybody who began, whatever the filter; empty within a district."""
        if self.scope or not self.frame.versions:
            return []
        found = self.unfiltered().kept("sections", lambda: dropoff.sections(self.consultation, self.frame))
        return disclosure.protected_sections(found, replace(self.protection, coarse=False))

    def reach(self) -> list[QuestionReach]:
        """Of the answers that the filter lets through."""
        if not self.frame.versions:
            return []
        found = self.kept("reach", lambda: dropoff.questions(self.frame, rows=self.rows))
        return disclosure.protected_questions(found, self.protection)

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What was worked out before from the same answers, filter, weights and rights."""
        key = f"analysis-2-{hashlib.sha256(f'{self._identity} {name}'.encode()).hexdigest()}"
        found: T | None = cache.get(key)
        if found is None:
            found = make()
            cache.set(key, found, KEPT_SECONDS)
        return found

    @cached_property
    def _identity(self) -> str:
        """Two people share what is kept only where they see the same rows under the same protection."""
        of_answers = (
            f"{self.consultation.pk} {self.state.number} {self.everybody} {filters.digest(self.tree)}"
        )
        of_rights = f"{self.scope}|{self.protection}"
        return f"{of_answers} {of_rights} {_of_scheme(self.scheme) if self.scheme else ''}"


def _of_scheme(scheme: WeightingScheme) -> str:
    return f"{scheme.pk} {scheme.margins} {scheme.lowest} {scheme.highest}"


def reading_language(consultation: Consultation) -> str:
    """The reader's language where the consultation speaks it, else its first."""
    own = get_language() or ""
    return own if own in consultation.languages or not consultation.languages else consultation.languages[0]


def look_at(consultation: Consultation, user: User, query: Mapping[str, str]) -> Look | None:
    """``None`` while there is no snapshot yet. Raises ``FilterError`` for a filter that cannot be used."""
    state = AnswerSnapshot.objects.filter(pk=consultation.pk).first()
    frame = scope.frame_visible_to(user, consultation)
    if state is None or frame is None:
        return None
    chosen = choices.from_query(query)
    if chosen.language not in consultation.languages:
        chosen = replace(chosen, language="")
    scheme = _scheme(consultation, chosen)
    chosen = replace(chosen, scheme=scheme.pk if scheme else None)
    found = Look(consultation, user, chosen, frame, state, scope.scope_of(user, consultation), scheme)
    _ = found.rows  # Refused here, before anything is shown.
    return found


def _scheme(consultation: Consultation, chosen: Choices) -> WeightingScheme | None:
    return consultation.weighting_schemes.filter(pk=chosen.scheme).first() if chosen.scheme else None

"""What a document reads of the answers: the rows of whoever asks for it, protected whoever that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from portal.models import User

from .. import rules
from ..analysis import filters, guard, scope, snapshot
from ..analysis.filters import Filter
from ..analysis.protection import Protection
from ..analysis.screens.choices import Choices
from ..analysis.screens.look import Look
from ..models import AnswerSnapshot, Consultation, WeightingScheme

# Whoever works at the machine itself, with a command.
OPERATOR = User(is_superuser=True)


@dataclass(frozen=True)
class Printed(Look):
    """Documents are passed on: nobody's own rights lift the protection, and filters are kept as shown
    (ADR 0054).
    """

    @cached_property
    def protection(self) -> Protection:
        coarse = bool(self.tree.parts) or bool(self.scope)
        return Protection(self.consultation.minimum_cell, coarse=coarse)

    @cached_property
    def rows(self) -> pl.Series | None:
        return guard.printed_mask(self.user, self.consultation, self.frame, self.tree)

    @property
    def is_small(self) -> bool:
        """Whether there are too few responses for any figure."""
        return self.everybody < self.minimum or self.total is None

    @property
    def is_settled(self) -> bool:
        """Whether the newest answers still wait (``released.settled``)."""
        return not rules.may_read_single_responses(self.user)

    def earlier(self) -> Printed | None:
        """The wave before this one, unfiltered and unweighted, where it is this person's business."""
        key = self.consultation.previous_wave_id
        found = scope.consultations_visible_to(self.user).filter(pk=key).first() if key else None
        return printed(found, by=self.user, language=self.language) if found else None


def printed(
    consultation: Consultation,
    *,
    by: User | None,
    language: str,
    tree: Filter = filters.EVERYTHING,
    scheme: WeightingScheme | None = None,
) -> Printed:
    """For workers and commands: the snapshot is brought up to date first.

    Raises ``FilterError`` for a filter that does not fit, or that would tell of few people.
    """
    user = by or OPERATOR
    frame = scope.frame_for(user, consultation, snapshot.refresh(consultation))
    state = AnswerSnapshot.objects.get(pk=consultation.pk)
    chosen = Choices(tree=tree, scheme=scheme.pk if scheme else None, language=language)
    look = Printed(consultation, user, chosen, frame, state, scope.scope_of(user, consultation), scheme)
    _ = look.rows  # Refused here, before anything is written.
    return look

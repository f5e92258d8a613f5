"""What one person may see of one consultation: the limit that all protected figures share."""

from __future__ import annotations

from dataclasses import dataclass

from .. import rules
from ..models import Consultation


@dataclass(frozen=True)
class Protection:
    """What one person may see of one consultation.

    ``minimum``: the smallest number shown. ``applies``: to all figures; ``to_sensitive``: to those about
    sensitive questions. ``coarse``: these figures are of a filter; counts are rounded, so that they cannot be
    subtracted from each other or from the whole.
    """

    minimum: int
    applies: bool = True
    to_sensitive: bool = True
    coarse: bool = False

    @classmethod
    def of(cls, user: rules.Anyone, consultation: Consultation, *, filtered: bool = False) -> Protection:
        """By the rights of a person; ``filtered`` where the figures are not of everybody."""
        applies = not rules.may_read_single_responses(user)
        to_sensitive = applies or not rules.may_read_sensitive_answers(user)
        return cls(consultation.minimum_cell, applies, to_sensitive, coarse=filtered)

    def covers(self, *, sensitive: bool) -> bool:
        return self.to_sensitive if sensitive else self.applies

    @property
    def step(self) -> int:
        """Counts of a filter come in multiples of this."""
        return max(3, self.minimum // 2)

    def rounded(self, count: int) -> int:
        """To the nearest multiple of :attr:`step` where figures are coarse."""
        return self.step * round(count / self.step) if self.coarse else count

    def shown(self, count: int) -> int | None:
        """A count that stands for itself: hidden where it is small."""
        return None if 0 < count < self.minimum else self.rounded(count)

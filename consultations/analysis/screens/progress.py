"""How many began, sent and withdrew: of everybody whom a person may see, whatever the filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...enums import ResponseStatus
from ..figures import percent as percent_of
from .exhibits import Unit
from .look import Look
from .writing import small_or_known, written

_LABELS: Mapping[str, Promise] = {
    ResponseStatus.SUBMITTED: gettext_lazy("Sent"),
    ResponseStatus.DRAFT: gettext_lazy("Begun, not sent yet"),
    ResponseStatus.WITHDRAWN: gettext_lazy("Withdrawn"),
}


def facts(look: Look, counts: Mapping[str, int | None]) -> Iterator[tuple[str, str]]:
    """Each with its label, in words. ``counts`` are ``look.counts()``."""
    for state, label in _LABELS.items():
        if state in counts:
            yield str(label), small_or_known(counts[state], look.minimum)
    if ResponseStatus.DRAFT in counts:
        yield _("Completed, of those who began"), written(completed(counts), Unit.PERCENT)


def completed(counts: Mapping[str, int | None]) -> float | None:
    """Percent of those who began and did not withdraw; ``None`` where one of the two is hidden.

    Not-a-number where nobody began.
    """
    sent, begun = counts[ResponseStatus.SUBMITTED], counts[ResponseStatus.DRAFT]
    if sent is None or begun is None:
        return None
    return percent_of(sent, sent + begun) if sent + begun else float("nan")

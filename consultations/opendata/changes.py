"""The report of a public file in words: what was left out, put together, made coarser or hidden, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import PublicFile
from .cells import Reason

REASONS = {
    Reason.SENSITIVE: gettext_lazy("Sensitive questions"),
    Reason.WORDS: gettext_lazy("Answers in people’s own words"),
    Reason.FEW: gettext_lazy("Options that too few people chose, or did not choose"),
    Reason.TELLING: gettext_lazy("What could tell a row apart"),
}


@dataclass(frozen=True)
class Change:
    """Something that was done, to which columns, and how often where it can be counted."""

    what: str
    columns: tuple[str, ...]
    count: int | None = None


def changes_of(file: PublicFile) -> list[Change]:
    return list(_changes(file))


def _changes(file: PublicFile) -> Iterator[Change]:
    report = file.report
    left_out = report.get("left_out", {})
    for reason, words in REASONS.items():
        if columns := tuple(sorted(name for name, why in left_out.items() if why == reason)):
            yield Change(_("Left out: %(what)s.") % {"what": words}, columns)
    if banded := report.get("banded"):
        yield Change(_("Numbers put into bands."), tuple(banded))
    if grouped := report.get("grouped"):
        yield Change(_("Answers that few people gave put together."), tuple(grouped))
    if suppressed := report.get("suppressed"):
        what = _("Single cells left out, so that nobody can be told apart.")
        yield Change(what, tuple(suppressed), sum(suppressed.values()))
    if dropped := report.get("dropped"):
        yield Change(_("Whole rows left out."), (), dropped)

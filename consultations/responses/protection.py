"""The state of a collection for who may not read single responses: few people are shown together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from ..analysis.suppression import pool
from .overview import Overview, Tally


def protected(overview: Overview, minimum: int) -> Overview:
    """Countries and languages of fewer people than the minimum as one line, with what would tell them.

    How many were sent, and when, says nothing of what anybody answered.
    """
    return replace(
        overview,
        languages=_together(overview.languages, minimum),
        countries=_together(overview.countries, minimum),
    )


def _together(tallies: Sequence[Tally], minimum: int) -> list[Tally]:
    hidden = pool([tally.count for tally in tallies], minimum)
    shown = [tally for place, tally in enumerate(tallies) if place not in hidden]
    people = sum(tallies[place].count for place in hidden)
    return [*shown, Tally(_("Others"), people, tallies[0].total)] if people >= minimum else shown

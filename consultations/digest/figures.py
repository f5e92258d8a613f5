"""What a unit reads once a week of one consultation: how many, from where, where people stop, what about.

Every number is protected for the person who reads it, as on the screens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from django.utils import timezone
from django.utils.translation import get_language

from portal.models import User

from ..analysis import dropoff, tallies
from ..analysis.disclosure import protected_sections, protected_tally
from ..analysis.frame import DAY, Frame
from ..analysis.protection import Protection
from ..analysis.scope import frame_for, is_country
from ..instrument.definition import text_in
from ..models import Consultation
from ..responses.overview import section_title
from ..themes import tallies as themes
from ..themes.outlook import theme_protection
from ..themes.protected import protected_themes

MOST = 5
_WEEK = timedelta(days=7)
Row = tuple[str, int]
"""A name and a count that may be shown."""


@dataclass(frozen=True)
class Figures:
    """``None`` stands for a number that is too small to be shown."""

    consultation: Consultation
    is_protected: bool
    minimum: int
    total: int | None
    this_week: int | None
    unsent: int | None
    countries: Sequence[Row]
    stops: Row | None
    themes: Sequence[Row]


def figures(consultation: Consultation, frame: Frame, user: User) -> Figures:
    """``frame`` is the whole; the person sees the rows and numbers that concern them. Words are in the active
    language."""
    own = frame_for(user, consultation, frame)
    protection = Protection.of(user, consultation)
    reach = protected_sections(dropoff.sections(consultation, own), protection) if own.versions else []
    unsent = consultation.responses.drafts().count()
    return Figures(
        consultation=consultation,
        is_protected=protection.applies,
        minimum=protection.minimum,
        total=_shown(own.table.height, protection),
        this_week=_shown(_since(own, timezone.localdate() - _WEEK), protection),
        unsent=_shown(unsent, protection),
        countries=_countries(own, protection),
        stops=_stops(own, reach),
        themes=_themes(consultation, theme_protection(user, consultation)),
    )


def _shown(count: int, protection: Protection) -> int | None:
    return protection.shown(count) if protection.applies else count


def _since(frame: Frame, day: date) -> int:
    return frame.table.filter(pl.col(DAY) >= day).height


def _countries(frame: Frame, protection: Protection) -> list[Row]:
    if not frame.versions:
        return []
    question = next((q for q in frame.definition.questions() if is_country(q)), None)
    if question is None:
        return []
    found = protected_tally(tallies.tally(frame, question.name), protection)
    options = found.lines[0].options if found.lines else ()
    rows = [
        (text_in(option.label, get_language() or "") or option.name, option.count)
        for option in options
        if option.count
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))[:MOST]


def _stops(frame: Frame, reach: Sequence[dropoff.SectionReach]) -> Row | None:
    """The section after which most people left without sending."""
    left = [(section.section, section.left_here) for section in reach if section.left_here]
    if not left:
        return None
    name, count = max(left, key=lambda row: row[1])
    section = next(item for item in frame.definition.sections if item.name == name)
    return section_title(section, frame.definition, get_language() or ""), count


def _themes(consultation: Consultation, protection: Protection) -> list[Row]:
    """The themes at the top of the code frame, by people."""
    found = protected_themes(themes.counts(consultation), protection)
    rows = [(str(theme.code), theme.people) for theme in found if not theme.depth and theme.people]
    return sorted(rows, key=lambda row: (-row[1], row[0]))[:MOST]

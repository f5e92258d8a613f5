"""A focus group at a glance: how far people came, who sits where against what is wanted, what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ...enums import GroupStatus, Modality, SelectionMode, SessionStatus
from ...models import ConsentVersion, FocusGroup, FocusGroupSession
from .. import composition, offers
from ..composition import Profile, Rule
from ..funnel import funnel
from ..screening import Screening
from ..words import Words, bounds
from .contact_data import kept_in
from .pages import GroupPage


@dataclass(frozen=True)
class Line:
    """A part of the target composition beside what there is of it."""

    question: str
    answers: str
    wanted: str
    people: int
    missing: int
    surplus: int
    # Whether there is anything to count yet: each answer by itself needs one to be given.
    counted: bool = True


class OverviewView(GroupPage):
    template_name = "consultations/admin/focus_groups/overview.html"

    def get_page_title(self) -> str:
        return str(self.group)

    def crumbs(self) -> list[tuple[str, str]]:
        return super().crumbs()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = self.group
        screened = Screening(group)
        return super().get_context_data(
            **kwargs,
            funnel=funnel(group),
            sessions=sessions_of(group, screened),
            draws=group.selection == SelectionMode.BALANCED_DRAW,
            running=group.status in GroupStatus.running,
            draft=group.status == GroupStatus.DRAFT,
            waiting=group.registrations.waiting().count(),
            consents=newest_consents(group),
            kept=kept_in(group),
        )


def sessions_of(group: FocusGroup, screened: Screening) -> list[dict[str, Any]]:
    taken = Count("seats", filter=Q(seats__registration__isnull=False))
    sessions = group.sessions.select_related("facilitator").annotate(taken=taken)
    words = Words(screened)
    return [
        {
            "session": session,
            "lines": lines(screened.rules, offers.seated_profiles(screened, session), words)
            if screened.rules and session.status != SessionStatus.CANCELLED
            else [],
            "warnings": _gaps(session),
        }
        for session in sessions
    ]


def lines(rules: Sequence[Rule], profiles: Sequence[Profile], words: Words) -> list[Line]:
    """A rule over each answer by itself has a line for every answer that was given, one where none was."""
    found = composition.counts(rules, profiles)
    silent = [rule for rule in rules if all(count.rule is not rule for count in found)]
    found += [composition.Count(rule, frozenset(), 0) for rule in silent]
    return [
        Line(
            words.question(count.rule.question),
            words.answers(count.rule.question, count.options) or _("Each answer"),
            bounds(count.rule.minimum, count.rule.maximum),
            count.people,
            count.missing if count.options else 0,
            count.surplus,
            bool(count.options),
        )
        for count in found
    ]


def newest_consents(group: FocusGroup) -> list[ConsentVersion]:
    """Every version that was in force, with how many people stand by it."""
    standing = Count("consents", filter=Q(consents__withdrawn_at__isnull=True))
    return list(group.consent_versions.annotate(people=standing).order_by("purpose", "-number"))


def _gaps(session: FocusGroupSession) -> set[str]:
    """What a session that lies ahead still needs."""
    if session.status != SessionStatus.PLANNED:
        return set()
    found = set() if session.facilitator_id else {"facilitator"}
    if session.modality == Modality.ONLINE and not session.link:
        found.add("link")
    return found

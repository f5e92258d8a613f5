"""How many people the call reached, and how many of them came: in all, and for each answer that counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from ..enums import OfferStatus
from ..enums import RegistrationStatus as S
from ..models import FocusGroup, Registration, SeatOffer
from .composition import values
from .screening import Screening
from .signup import RECENT
from .words import Words

_CAME_THROUGH = frozenset({S.CONFIRMED, S.ATTENDED, S.ABSENT})


@dataclass(frozen=True)
class Steps:
    """How many got how far; each step is a part of the one before it."""

    signed_up: int
    eligible: int
    offered: int
    confirmed: int
    attended: int

    @property
    def no_shows(self) -> int:
        return self.confirmed - self.attended


@dataclass(frozen=True)
class Stratum:
    """People who gave one answer to one question that the quotas read."""

    question: str
    answer: str
    steps: Steps


@dataclass(frozen=True)
class Funnel:
    reached: int | None
    everyone: Steps
    absent: int
    strata: Sequence[Stratum]


def funnel(group: FocusGroup) -> Funnel:
    """Four queries, however many people there are."""
    people = list(_people(group))
    screened = Screening(group)
    profiles = [(item, screened.profile(item.screening)) for item in people]
    words = Words(screened)
    strata = [
        Stratum(
            words.question(name),
            words.answer(name, answer),
            steps(item for item, own in profiles if answer in values(own, name)),
        )
        for name in dict.fromkeys(quota.question for quota in screened.quotas)
        for answer in words.in_order(name, {v for _item, own in profiles for v in values(own, name)})
    ]
    absent = sum(item.status == S.ABSENT for item in people)
    return Funnel(group.reached, steps(people), absent, strata)


def steps(people: Iterable[Registration]) -> Steps:
    """Of registrations annotated by ``_people``."""
    signed_up = eligible = offered = confirmed = attended = 0
    for item in people:
        came = item.status == S.ATTENDED
        through = came or item.has_accepted or item.status in _CAME_THROUGH  # type: ignore[attr-defined]  # annotated
        had = through or item.has_offer  # type: ignore[attr-defined]  # annotated
        signed_up += 1
        eligible += had or not is_refused(item)
        offered += had
        confirmed += through
        attended += came
    return Steps(signed_up, eligible, offered, confirmed, attended)


def is_refused(registration: Registration) -> bool:
    """Whether the screening rules exclude the person, whatever became of the sign-up afterwards."""
    refused = registration.status == S.NOT_ELIGIBLE or registration.reason == RECENT
    return refused or registration.rule_id is not None


def _people(group: FocusGroup) -> Iterable[Registration]:
    """Everyone whose address was confirmed."""
    offers = SeatOffer.objects.filter(registration=OuterRef("pk"))
    found = group.registrations.filter(position__isnull=False)
    return found.annotate(
        has_offer=Exists(offers), has_accepted=Exists(offers.filter(status=OfferStatus.ACCEPTED))
    ).order_by("position")

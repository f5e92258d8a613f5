"""What a group needs done while nobody looks: calls closed by their date, places that pass on."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.db.models import Exists, OuterRef

from ..enums import GroupStatus
from ..enums import RegistrationStatus as S
from ..models import FocusGroup, FocusGroupSession, Registration
from . import offers, stages

log = structlog.get_logger(__name__)


def keep_up() -> None:
    """Each step is safe to repeat, also for two workers at once; one that fails stops no other."""
    for step in (stages.keep_to_dates, offers.expire_overdue, promote_everywhere):
        _try(step)


def promote_everywhere() -> int:
    """Offer on whatever place is free while somebody waits, should a promotion have been missed."""
    return sum(_promote(group_id) for group_id in groups_with_room())


def groups_with_room() -> list[int]:
    """Groups that run, in which people wait and a session that can be joined has a free place."""
    waiting = Registration.objects.filter(group=OuterRef("pk"), status=S.WAITING)
    room = FocusGroupSession.objects.upcoming().filter(
        group=OuterRef("pk"), seats__isnull=False, seats__registration__isnull=True
    )
    running = FocusGroup.objects.filter(status__in=GroupStatus.running)
    return list(running.filter(Exists(waiting), Exists(room)).values_list("pk", flat=True))


def _promote(group_id: int) -> int:
    try:
        return offers.promote(group_id)
    except Exception:  # the next group is not to suffer for it
        log.exception("places_not_offered", group=group_id)
        return 0


def _try(step: Callable[[], object]) -> None:
    try:
        step()
    except Exception:  # the next step is not to suffer for it
        log.exception("upkeep_failed", step=step.__name__)

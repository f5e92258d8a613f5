"""What people are promised about their data, as a date that can be told."""

from __future__ import annotations

from datetime import date

from ..models import FocusGroup
from . import retention


def contacts_deleted_on(group: FocusGroup) -> date | None:
    """The day on which names and addresses are deleted by themselves; unknown until there is a session."""
    return retention.deleted_on(group) if list(group.sessions.all()) else None

"""What people are promised about their data, as a date."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from ..models import FocusGroup


def contacts_deleted_on(group: FocusGroup) -> date | None:
    """The day on which names and addresses are deleted by themselves; unknown until there is a session."""
    last = max((session.ends_at for session in group.sessions.all()), default=None)
    if last is None:
        return None
    return last.astimezone(ZoneInfo(group.timezone)).date() + timedelta(days=group.retention_days)

"""A day and an hour as somebody reads them from the wall, in a zone, as one instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Raises ``ValidationError`` for an hour that the clock skips, or shows twice, when it is changed."""
    local = datetime.combine(day, hour, zone)
    words = {"hour": f"{hour:%H:%M}", "day": date_format(day, "DATE_FORMAT"), "zone": zone.key}
    if local.astimezone(UTC).astimezone(zone).time() != hour:
        raise ValidationError(
            _(
                "%(hour)s does not exist on %(day)s in %(zone)s: the clocks are put forward that night. "
                "Choose an hour before or after the change."
            )
            % words,
            code="skipped",
        )
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise ValidationError(
            _(
                "%(hour)s comes twice on %(day)s in %(zone)s: the clocks are put back that night. "
                "Choose an hour before or after the change."
            )
            % words,
            code="twice",
        )
    return local

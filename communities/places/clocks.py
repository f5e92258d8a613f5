"""What time it is at an office now, and in Lima."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from django.utils import timezone

from portal.clocks import LIMA, Moment, on_clock

from ..models import ConsularOffice


def clocks_of(office: ConsularOffice) -> tuple[Moment, ...]:
    """The clock of the office's own city first (its zone may be named after another), Lima's second."""
    now = timezone.now()
    there = on_clock(now, ZoneInfo(office.timezone), yours=True)
    return replace(there, place=office.city), on_clock(now, LIMA, beside=there.when.date())

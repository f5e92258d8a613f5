"""The moderator's guide as a running sheet: which topic from which minute on, and on the clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..models import FocusGroupSession, GuideTopic


@dataclass(frozen=True)
class Item:
    """A topic with its minutes, counted from the beginning of the session, and its hour in its zone."""

    topic: GuideTopic
    begins: int
    ends: int
    clock: datetime


def running_sheet(session: FocusGroupSession) -> list[Item]:
    return sheet_of(session, session.group.topics.all())


def sheet_of(session: FocusGroupSession, topics: Iterable[GuideTopic]) -> list[Item]:
    start, minute, items = session.starts_at.astimezone(session.zone), 0, []
    for topic in topics:
        clock = start + timedelta(minutes=minute)
        items.append(Item(topic, minute, minute + topic.minutes, clock))
        minute += topic.minutes
    return items


def surplus(session: FocusGroupSession, items: Iterable[Item]) -> int:
    """By how many minutes the guide is longer than the session; 0 where it fits."""
    return max(max((item.ends for item in items), default=0) - session.duration, 0)

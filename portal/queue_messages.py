"""Messages that a worker had taken from the queue when it was killed.

The queue in the database keeps them aside for forty minutes, in case somebody is still at them. Where nobody
is, the next worker to start gives them back: a mail or an export must not wait for so long.
"""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta

import structlog
from django.core.cache import caches
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.status import Stat

log = structlog.get_logger(__name__)

# One that was given back and held again may be what kills the workers: from then on it waits its time.
REMEMBERED = timedelta(days=1)


def give_back() -> int:
    """How many were given back. None while a worker lives: it may have taken them.

    Only where the queue is in the database, which is for one machine (docs/operations.md).
    """
    if not Conf.ORM or _somebody_lives():
        return 0
    now = timezone.now()
    held = OrmQ.objects.using(Conf.ORM).filter(key=get_broker().list_key, lock__gt=now)
    keys = [key for key, payload in held.values_list("pk", "payload") if _is_new(payload)]
    given: int = held.filter(pk__in=keys).update(lock=now)
    if given:
        log.warning("queue_messages_given_back", count=given)
    return given


def _somebody_lives() -> bool:
    """The broker passes over the cluster behind each one that it forgets: asked until it forgets none."""
    known, before = get_broker().cache, None
    while not any(_lives(stat) for stat in Stat.get_all()):
        names = known.get(Conf.Q_STAT)
        if names == before:
            return False
        before = names
    return True


def _lives(stat: Stat) -> bool:
    """A cluster is heard of for three seconds after its end."""
    return any(_is_running(process) for process in (stat.pid, stat.sentinel))


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_new(payload: str) -> bool:
    name = hashlib.sha256(payload.encode()).hexdigest()
    return caches["limits"].add(f"queue.given_back.{name}", True, REMEMBERED.total_seconds())

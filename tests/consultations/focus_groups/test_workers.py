"""Several worker processes that promote at the same moment: no place is given twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import offers
from tests.benchmarks.machine import ROOT
from tests.factories.focus_groups import RegistrationFactory, SessionFactory

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL (DATABASE_URL)"),
]
PROGRAM = """
import time, django
django.setup()
from consultations.focus_groups import offers, upkeep
time.sleep(max(0, {begin} - time.time()))
upkeep.keep_up()
offers.promote({group})
"""


def in_processes(group: int, *, times: int) -> list[int]:
    """The upkeep of every minute, begun at the same moment. Returns how the processes ended."""
    at = connection.settings_dict
    url = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    environment |= {"SECRET_KEY": "tests-only", "DEBUG": "0", "EMAIL_URL": "", "REDIS_URL": ""}
    program = PROGRAM.format(begin=time.time() + 8, group=group)
    started = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environment) for _time in range(times)
    ]
    return [process.wait(60) for process in started]


def test_workers_that_promote_at_once_give_no_place_twice() -> None:
    session = SessionFactory(capacity=8)
    for number in range(1, 13):
        RegistrationFactory(group=session.group, position=number)
    offers.promote(session.group.pk)
    session.offers.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert in_processes(session.group.pk, times=3) == [0, 0, 0]

    assert Counter(session.group.registrations.values_list("status", flat=True)) == {
        S.EXPIRED: 8,
        S.OFFERED: 4,
    }
    assert session.seats.filter(registration__isnull=False).count() == 4
    assert session.offers.count() == 12

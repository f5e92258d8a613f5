"""What a killed worker had taken from the queue is given back when the next one starts."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.cluster import Cluster
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.status import Stat, Status

from portal import queue_messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> OrmQ:
    """A message that somebody took a moment ago."""
    monkeypatch.setattr(Conf, "ORM", "default")
    later = timezone.now() + timedelta(seconds=Conf.RETRY)
    return OrmQ.objects.create(key=get_broker().list_key, payload=uuid4().hex, lock=later)


def is_free(message: OrmQ) -> bool:
    message.refresh_from_db()
    return message.lock <= timezone.now()


def cluster(process: int) -> Status:
    heard = Status(pid=process, cluster_id="one")
    heard.sentinel = process
    return heard


def test_message_of_a_worker_that_is_no_more_is_given_back(held: OrmQ) -> None:
    assert queue_messages.give_back() == 1
    assert is_free(held)


def test_message_that_kills_its_worker_is_given_back_once(held: OrmQ) -> None:
    queue_messages.give_back()
    OrmQ.objects.update(lock=timezone.now() + timedelta(seconds=Conf.RETRY))

    assert queue_messages.give_back() == 0
    assert not is_free(held)


def test_nothing_is_taken_from_a_worker_that_lives(held: OrmQ, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stat, "get_all", lambda broker=None: [cluster(os.getpid())])

    assert queue_messages.give_back() == 0
    assert not is_free(held)


def test_cluster_that_died_a_moment_ago_does_not_live(held: OrmQ, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is heard of for a few seconds more."""
    monkeypatch.setattr(Stat, "get_all", lambda broker=None: [cluster(_process_that_ended())])

    assert queue_messages.give_back() == 1


def _process_that_ended() -> int:
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {})
    os.waitpid(child, 0)
    return child


def test_worker_begins_with_what_was_left_behind(
    held: OrmQ, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(Cluster, "start", lambda self: 1)
    left = settings.SCRATCH_ROOT / "left"
    left.mkdir(parents=True)

    call_command("qcluster")

    assert is_free(held)
    assert not left.exists()

"""Processes of the queue: each with its own line to the database."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL (DATABASE_URL)"),
    # The pool has threads, and newer Pythons warn of forks beside them: this is what is tried here.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def session() -> str:
    """Which session of the server answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return str(cursor.fetchone()[0])


def in_a_fork(ask: Callable[[], str]) -> str:
    """What a forked process answers; its end is abrupt, so that nothing of ours is taken apart there."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, ask().encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        found = answer.read()
    os.waitpid(child, 0)
    return found


def test_forked_process_has_a_session_of_its_own() -> None:
    ours = session()

    theirs = in_a_fork(session)

    assert theirs.isdecimal()
    assert theirs != ours
    assert session() == ours


def test_given_back_connection_is_not_shared_either() -> None:
    """What the queue does before it forks: with a pool, closing keeps the line open."""
    ours = session()
    connection.close()

    theirs = in_a_fork(session)

    assert theirs.isdecimal()
    assert theirs != ours

"""The migrated database of an earlier run, for tests on SQLite in memory: migrating takes a minute.

Kept in pytest's cache under a digest of what made it: our migrations, the locked versions of all others,
and what adds records after migrating. ``pytest --create-db`` makes it anew.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created

ROOT = Path(__file__).parent.parent
MADE_BY = (
    "uv.lock",
    "*/migrations/*.py",
    "portal/first_records.py",
    "portal/units.py",
    "*/roles.py",
    "communities/places/countries.py",
)


def path_in(folder: Path) -> Path:
    digest = hashlib.sha256()
    for pattern in MADE_BY:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return folder / f"{digest.hexdigest()[:16]}.sqlite3"


def is_in_memory() -> bool:
    return connection.vendor == "sqlite" and connection.is_in_memory_db()


@contextmanager
def filled_from(path: Path) -> Iterator[None]:
    """The first connection to a test database finds the tables there; ``migrate`` then has nothing to do."""

    def fill(connection: Any, **_kwargs: Any) -> None:
        if path.exists() and is_in_memory():
            connection_created.disconnect(fill)
            with closing(sqlite3.connect(path)) as kept:
                kept.backup(connection.connection)

    connection_created.connect(fill)
    yield
    connection_created.disconnect(fill)


def keep(path: Path) -> None:
    """For the next run. Two processes may do so at once: each file is put in place when it is whole."""
    if path.exists() or not is_in_memory():
        return
    for old in path.parent.glob("*.sqlite3"):
        if old != path:
            old.unlink(missing_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(unfinished)) as kept:
        connection.connection.backup(kept)
    unfinished.rename(path)

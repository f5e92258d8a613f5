"""A real server with two processes over the test's own data, and a crowd that comes all at once."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import translation

from consultations.focus_groups import links
from consultations.models import FocusGroup, Registration
from tests.benchmarks.machine import ROOT, Machine
from tests.benchmarks.visitors import Visitor, send_form

HIDDEN = re.compile(r'<input type="hidden" name="(page-[a-z]+)" value="([^"]*)"')


class Borrowed(Machine):
    """The database of the test, with static files as they are."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "DJANGO_SETTINGS_MODULE": "tests.load_settings"}


def machine(folder: Path) -> Machine:
    """Over the database of the test itself; SQLite's lives in memory, so its content goes into a file."""
    if connection.vendor == "postgresql":
        at = connection.settings_dict
        url = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
        return Borrowed("PostgreSQL", url, folder)
    file = folder / "crowd.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as target:
        connection.connection.backup(target)
    return Borrowed("SQLite", f"sqlite:///{file}", folder)


def rows(place: Machine, query: str) -> list[tuple[Any, ...]]:
    """What stands in the server's database now."""
    if place.database == "PostgreSQL":
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())
    with closing(sqlite3.connect(place.folder / "crowd.sqlite3")) as file:
        return list(file.execute(query))


def registrations(place: Machine) -> list[Registration]:
    found = rows(place, "SELECT id FROM consultations_registration")
    return [Registration(pk=key if isinstance(key, uuid.UUID) else uuid.UUID(key)) for (key,) in found]


@dataclass(frozen=True)
class Crowd:
    """People with a device and an address of their own each."""

    port: int
    group: FocusGroup

    def url(self, name: str, *args: Any) -> str:
        with translation.override("en"):
            return reverse(f"focus_groups:{name}", args=args or [self.group.slug])

    def recorded(self, session: int) -> dict[str, str]:
        """The form as somebody finds it, filled in; everybody sends it with another address."""
        visitor = Visitor(self.port)
        _status, _url, page = visitor.get(self.url("sign_up"))
        visitor.rest()
        controls = {name: unescape(value) for name, value in HIDDEN.findall(page)}
        filled = {"name": "Rosa", "timezone": "Europe/Rome", "language": "en", "consent-take_part": "1"}
        return {**filled, **controls, "sessions": str(session)}

    def sign_up(self, form: dict[str, str], number: int) -> int:
        filled = form | {"email": f"persona{number}@example.org"}
        return send_form(Visitor(self.port), self.url("sign_up"), filled)[0]

    def arrive(self, registration: Registration) -> Visitor:
        """By the link of the mail."""
        visitor = Visitor(self.port)
        visitor.get(self.url("open", links.token(registration)))
        visitor.rest()
        return visitor

    def do(self, visitor: Visitor, action: str) -> int:
        return send_form(visitor, self.url("place"), {"do": action})[0]


def at_once(work: Callable[[Any], int], people: Sequence[Any], *, threads: int = 16) -> list[int]:
    """What each was answered; a server error is worth more than the others, and seen first."""
    with ThreadPoolExecutor(threads) as pool:
        return sorted(set(pool.map(work, people)), reverse=True)


def together(place: Machine, code: str, *, times: int) -> list[int]:
    """The same code in several processes, begun at the same moment. Returns how they ended."""
    begin = time.time() + 8
    program = (
        "import time, django; django.setup()\n"
        "from consultations.focus_groups import offers, upkeep\n"
        f"time.sleep(max(0, {begin} - time.time()))\n{code}"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=place.environment)
        for _time in range(times)
    ]
    return [process.wait(60) for process in started]

"""A place of its own for each database that is measured: nothing of a demo or a production is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from threading import Timer
from typing import Any

LONGEST_STEP = 1800
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Outcome:
    """What a step took. ``said`` is what it printed, as JSON."""

    seconds: float
    peak_mb: float
    said: Any


class StepError(Exception):
    """A step ended with an error; the message is its last words."""


@dataclass(frozen=True)
class Machine:
    """A database and a folder for everything that is written."""

    database: str
    url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """Production settings, less what would leave the machine. A stray ``.env`` changes nothing."""
        return {
            **os.environ,
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": self.url,
            "DEBUG": "0",
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "EMAIL_URL": "",
            "HTTPS": "0",
            "LOG_LEVEL": "ERROR",
            "REDIS_URL": "",
            "S3_BUCKET": "",
            "SECRET_KEY": "benchmarks-only",
            # Each simulated visitor has an address of its own, so that rate limits count as in life.
            "TRUSTED_PROXIES": "1",
            "VAR_DIR": str(self.folder),
        }

    def step(self, *arguments: object) -> Outcome:
        """Run a step of ``steps.py`` in a process of its own, so that its memory is its own too."""
        return self.run("-m", "tests.benchmarks.steps", *map(str, arguments))

    def manage(self, *arguments: object) -> Outcome:
        return self.run("manage.py", *map(str, arguments))

    def run(self, *command: str) -> Outcome:
        with (self.folder / "out").open("w+") as out, (self.folder / "err").open("w+") as err:
            begun = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=out, stderr=err
            )
            # Nothing here takes half an hour, not even on a busy machine: what does is stuck.
            alarm = Timer(LONGEST_STEP, process.kill)
            alarm.start()
            _pid, status, usage = os.wait4(process.pid, 0)
            alarm.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.perf_counter() - begun
            out.seek(0)
            err.seek(0)
            if process.returncode:
                raise StepError(f"{' '.join(command)}: {err.read()[-1500:]}")
            return Outcome(seconds, usage.ru_maxrss / 1024, _json(out.read()))


def _json(text: str) -> Any:
    """The last line, if a step printed one for us."""
    lines = text.strip().splitlines()
    with suppress(ValueError, IndexError):
        return json.loads(lines[-1])
    return None


def sqlite(folder: Path) -> Machine:
    place = folder / "sqlite"
    place.mkdir()
    return Machine("SQLite", f"sqlite:///{place / 'portal.sqlite3'}", place)


@contextmanager
def postgres(folder: Path) -> Iterator[Machine | None]:
    """A throwaway cluster on the loopback; ``None`` where PostgreSQL is not installed."""
    programs = _postgres_programs()
    if programs is None:
        yield None
        return
    data, port = folder / "cluster", free_port()
    folder.chmod(0o755)
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
    pg_ctl = [*_as_postgres(), str(programs / "pg_ctl"), "-D", str(data)]
    settings = f"-p {port} -k {data} -c listen_addresses=127.0.0.1"
    _quietly([*_as_postgres(), str(programs / "initdb"), "-D", str(data), "-U", "portal", "-A", "trust"])
    _quietly([*pg_ctl, "-w", "-l", str(data / "log"), "-o", settings, "start"])
    try:
        _quietly([str(programs / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "portal", "portal"])
        place = folder / "postgres"
        place.mkdir()
        yield Machine("PostgreSQL", f"postgres://portal@127.0.0.1:{port}/portal", place)
    finally:
        _quietly([*pg_ctl, "-m", "immediate", "stop"])


def _postgres_programs() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb")
    return installed[-1].parent if installed else Path(found).parent if found else None


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root: there it runs as its own person."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _quietly(command: list[str]) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepError(f"{' '.join(command)}: {done.stderr[-500:]}")


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""The web server as it runs in production: gunicorn with two workers, on the loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from .machine import ROOT, Machine, StepError, free_port

WORKERS = "2"
# A machine that does much else besides starts slowly.
PATIENCE = 180


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def peak_mb(self) -> float:
        """The most memory that the workers have taken, added up; 0 where the system does not say."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return sum(_peak(pid) for pid in children.read_text().split()) if children.exists() else 0.0


@contextmanager
def server(machine: Machine) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{port}"]
    environment = {**machine.environment, "WEB_WORKERS": WORKERS}
    with (machine.folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait(port, process, machine.folder / "server.log")
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/healthz")
                connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    said = log.read_text()[-2000:].strip() or "It said nothing."
    raise StepError(f"The web server did not start in {PATIENCE} seconds. {said}")


def _peak(pid: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)

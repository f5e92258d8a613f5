"""Web server and worker side by side, as one thing: they start together and stop together.

    python deploy/serve.py --port 8000          (reads .env)

For one machine and for the demonstration. In production each has its own unit: see docs/operations.md.
Only the standard library, so that it can say clearly what is missing.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
# The worker ends the job in hand first; after this long it is ended.
PATIENCE = 20.0
START_LIMIT = 90.0
PR_SET_PDEATHSIG = 1  # from linux/prctl.h
# Set by a signal and looked at between steps: an exception in the middle of starting a process would lose it.
asked_to_stop = threading.Event()


def port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def insist_on_port(host: str, port: int) -> None:
    if not port_is_free(host, port):
        sys.exit(f"Port {port} is in use. Choose another one, for instance: make demo PORT={port + 10}")


def start(*command: str) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C comes to us, and we tell them in order."""
    return subprocess.Popen(  # noqa: S603  (ours)
        [sys.executable, *command],
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=end_with_parent if sys.platform == "linux" else None,
    )


def end_with_parent() -> None:
    """Linux ends a child of ours with us, even when we are killed and can tell nobody."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, wait, and end whatever is left with all of its children."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        end_group(process.pid)


def end_group(leader: int) -> None:
    with suppress(ProcessLookupError):  # Everyone went by themselves.
        os.killpg(leader, signal.SIGKILL)


def wait_until_it_answers(url: str, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and not asked_to_stop.is_set():
        insist_on_life(processes)
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2)  # noqa: S310  (our own address)
        except urllib.error.HTTPError:
            return  # It answers, if only to send us to HTTPS.
        except OSError:
            asked_to_stop.wait(0.2)
        else:
            return
    if asked_to_stop.is_set():
        return
    raise SystemExit(f"The portal did not answer within {START_LIMIT:.0f} seconds.")


def insist_on_life(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is not None:
            raise SystemExit(f"{process.args[2]} ended by itself (status {process.returncode}).")  # type: ignore[index]  # a list of ours


def announce(url: str, *, demo: bool) -> None:
    lines = [f"The portal answers at  {url}/", f"Staff come in at       {url}/admin/"]
    if demo:
        code = os.environ.get("DEMO_SECOND_FACTOR", "")
        lines += [
            f"Every mail is at       {url}/dev/mail/   (sign-in codes too)",
            f"Staff's second factor  {code}   (demonstration only)",
            f"Components are at      {url}/dev/patterns/",
        ]
    print("", *lines, "", "Ctrl-C stops it.", sep="\n", flush=True)


def on_signal(number: int, frame: FrameType | None) -> None:
    """Somebody pressed Ctrl-C, closed the terminal, or the system asks us to stop."""
    asked_to_stop.set()


def serve(host: str, port: int, *, demo: bool) -> None:
    url = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"  # noqa: S104  (compared, not bound)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.append(start("-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"{host}:{port}"))
        processes.append(start("manage.py", "qcluster"))
        wait_until_it_answers(url, processes)
        if not asked_to_stop.is_set():
            announce(url, demo=demo)
        while not asked_to_stop.wait(0.5):
            insist_on_life(processes)
        print("\nStopping ...", flush=True)
    finally:
        stop(processes)


def main() -> None:
    parser = argparse.ArgumentParser(description="Web server and worker, started and stopped together.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--demo", action="store_true", help="say what there is to try")
    parser.add_argument("--check-port", action="store_true", help="only see whether the port is free")
    options = parser.parse_args()
    insist_on_port(options.host, options.port)
    if options.check_port:
        return
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    serve(options.host, options.port, demo=options.demo)


if __name__ == "__main__":
    main()

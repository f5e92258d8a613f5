"""Starting and stopping, with the real script and real processes."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def apart(folder):
    """An environment whose data lie in a folder, and in no database that the tests themselves are run on."""
    database = f"sqlite:///{folder / 'portal.sqlite3'}"
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return {**kept, "DEBUG": "1", "VAR_DIR": str(folder), "DATABASE_URL": database}


def serve(port, *arguments, folder, **environment):
    return subprocess.Popen(
        [sys.executable, "deploy/serve.py", "--port", str(port), *arguments],
        cwd=ROOT,
        env={**apart(folder), "WEB_WORKERS": "1", "WORKERS": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def processes_with(variable):
    """Ids of the processes that carry this variable in their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and variable.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:  # Gone, or somebody else's.
            continue
    return found


def test_a_port_in_use_gives_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        output, _ = serve(port, "--check-port", folder=tmp_path).communicate(timeout=20)

    assert output == f"Port {port} is in use. Choose another one, for instance: make demo PORT={port + 10}\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, django_db_setup, migrated):
    """A database with every table, made once for all processes of a run."""
    common = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent
    folder, made = common / "prepared", common / "prepared.made"
    with (common / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            folder.mkdir(exist_ok=True)
            if migrated and migrated.exists():
                shutil.copy(migrated, folder / "portal.sqlite3")
            migrate = [sys.executable, "manage.py", "migrate", "--noinput", "-v0"]
            subprocess.run(migrate, cwd=ROOT, env=apart(folder), check=True)
            made.touch()
    return folder


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for orphans in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_web_and_worker_start_together_and_leave_nobody_behind(prepared, tmp_path, number):
    port, mark = free_port(), f"SERVE_TEST={tmp_path.name}-{number}"
    environment = {mark.partition("=")[0]: mark.partition("=")[2]}
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    process = serve(port, folder=tmp_path, **environment)
    try:
        lines = iter(process.stdout.readline, "")
        assert any("The portal answers at" in line for line in lines)
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).status == 200
        assert len(processes_with(mark)) > 3
    finally:
        process.send_signal(number)
        process.communicate(timeout=60)
    deadline = time.monotonic() + 20
    while processes_with(mark) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert processes_with(mark) == []


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for orphans in /proc")
@pytest.mark.parametrize("after", [0.15, 0.4, 1.0, 2.5])
def test_stopped_while_it_starts_it_leaves_nobody_behind(tmp_path, after):
    mark = f"SERVE_EARLY={tmp_path.name}-{after}"
    process = serve(free_port(), folder=tmp_path, SERVE_EARLY=mark.partition("=")[2])
    time.sleep(after)

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert processes_with(mark) == []

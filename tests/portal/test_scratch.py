"""What is being written leaves nothing behind, even where its writer was killed."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portal import scratch

WRITER = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(SCRATCH_ROOT=Path(sys.argv[1]))
from portal import scratch
with scratch.folder() as folder:
    (folder / "half.csv").write_text("answers")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def writer(settings: Any) -> Any:
    """Another process, in the middle of a file."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(settings.SCRATCH_ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def folders(settings: Any) -> list[str]:
    return [path.name for path in settings.SCRATCH_ROOT.iterdir() if path.is_dir()]


def test_folder_is_private_and_gone_afterwards(settings: Any) -> None:
    with scratch.folder() as folder:
        (folder / "half.csv").write_text("answers")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    assert folders(settings) == []


def test_folder_is_gone_after_a_failure(settings: Any) -> None:
    with pytest.raises(ValueError, match="broken"), scratch.folder():
        raise ValueError("broken")

    assert folders(settings) == []


def test_what_somebody_still_writes_is_left_alone(writer: Any) -> None:
    half = Path(writer.stdout.readline().strip()) / "half.csv"

    with scratch.folder():
        scratch.sweep()
        assert half.exists()


def test_what_a_killed_process_left_is_taken_away(writer: Any, settings: Any) -> None:
    half = Path(writer.stdout.readline().strip()) / "half.csv"
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    assert half.exists()

    scratch.sweep()

    assert folders(settings) == []


def test_a_full_disk_is_known_by_its_number_and_by_what_libraries_say() -> None:
    wrapped = RuntimeError("could not write")
    wrapped.__cause__ = OSError(errno.ENOSPC, "No space left on device")

    assert scratch.is_full(OSError(errno.EDQUOT, "Quota"))
    assert scratch.is_full(RuntimeError("IO error: No space left on device (os error 28)"))
    assert scratch.is_full(wrapped)
    assert not scratch.is_full(OSError(errno.EACCES, "Permission denied"))

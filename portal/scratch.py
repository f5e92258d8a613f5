"""Folders for what is being written: gone when it is written, and when whoever wrote it was killed.

Half an export holds answers. A worker that is killed takes nothing away behind it, so its folder is locked
while it lives: the system drops the lock of a process that died, and the next writer takes away what nobody
holds.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# Locked while its folder is in use: some network file systems lock no folders.
_HELD = ".held"
# What libraries that are not written in Python say of it.
_FULL_IN_WORDS = "no space left on device"


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder that nobody else can read; with its files it is gone afterwards."""
    sweep()
    with _nobody_sweeps():
        path = Path(mkdtemp(dir=_root()))
        held = os.open(path / _HELD, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(held)


def sweep() -> None:
    """Take away what processes left that are no more."""
    with _nobody_sweeps():
        for path in _root().iterdir():
            if path.is_dir() and _is_free(path):
                shutil.rmtree(path, ignore_errors=True)


def is_full(error: BaseException) -> bool:
    """Whether it came about because a disk has no room left."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    if _FULL_IN_WORDS in str(error).lower():
        return True
    cause = error.__cause__ or error.__context__
    return cause is not None and is_full(cause)


def _root() -> Path:
    root: Path = settings.SCRATCH_ROOT
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


@contextmanager
def _nobody_sweeps() -> Iterator[None]:
    """A folder that was made a moment ago is not locked yet."""
    with (_root() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_free(path: Path) -> bool:
    try:
        held = os.open(path / _HELD, os.O_RDWR)
    except FileNotFoundError:  # Nobody's, or its owner is taking it away.
        return True
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(held)
    return True

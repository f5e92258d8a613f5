"""Programs of others, which read what the portal writes.

A test whose program is missing is skipped and says so. With ``FOREIGN_READERS=all`` that is a failure: where
everything is to be tested, nothing may be left out in silence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

# What each program is called, and the Debian package that brings it.
PACKAGES = {
    "soffice": "libreoffice-calc libreoffice-writer",
    "pspp": "pspp",
    "Rscript": "r-base-core",
}


def program(name: str) -> str:
    """Its path."""
    found = shutil.which(name)
    if found:
        return found
    missing = f"{name} is missing: apt-get install {PACKAGES[name]}"
    if os.environ.get("FOREIGN_READERS") == "all":
        pytest.fail(missing)
    pytest.skip(missing)


def run(*command: str | Path, folder: Path) -> str:
    """What it says. A program that fails, or waits for somebody, fails the test."""
    named = [program(str(command[0])), *map(str, command[1:])]
    done = subprocess.run(
        named, cwd=folder, capture_output=True, text=True, timeout=120, env=_environment(folder), check=False
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr or done.stdout}"
    return done.stdout


def office(kind: str, *paths: Path, folder: Path, reads: str = "") -> None:
    """LibreOffice writes each file anew as ``kind`` into the folder: one start for all of them.

    ``reads`` is the filter to read them with, where the program cannot know it from the file.
    """
    options = [f"-env:UserInstallation=file://{folder / 'profile'}", "--headless"]
    options += [f"--infilter={reads}"] if reads else []
    run("soffice", *options, "--convert-to", kind, "--outdir", folder, *paths, folder=folder)


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the person who runs the tests: neither their settings nor their language."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC"}

"""The services of deploy/, read by systemd itself where it is at hand."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNITS = sorted((Path(__file__).parents[3] / "deploy").glob("*.service"))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is missing")
def test_systemd_understands_every_line(tmp_path):
    for unit in UNITS:
        programs = unit.read_text()
        for program in ("python", "gunicorn"):
            programs = programs.replace(f"/srv/portal/.venv/bin/{program}", sys.executable)
        (tmp_path / unit.name).write_text(programs)

    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.glob("*.service"))], capture_output=True, text=True
    )

    assert [line for line in done.stderr.splitlines() if "portal-" in line] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_nobody_else_reads_what_a_service_writes(unit):
    assert {"UMask=0077", "ProtectSystem=strict", "NoNewPrivileges=true"} <= set(
        unit.read_text().splitlines()
    )

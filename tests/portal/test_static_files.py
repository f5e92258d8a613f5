import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from consultations import __file__ as app


@pytest.mark.usefixtures("_fingerprints")
def test_a_module_imports_its_neighbour_by_its_fingerprint(tmp_path: Path):
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["wagtail*", "mfa", "account"]
    )

    original = (Path(app).parent / "static/consultations/live.js").read_text()
    (collected,) = (tmp_path / "static/consultations").glob("live.????????????.js")
    assert 'from "./logic.js"' in original
    assert 'from "./logic.js"' not in collected.read_text()


@pytest.fixture
def _fingerprints(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "portal.static_files.FingerprintedStorage"},
    }


HOW_SERVED = (
    "from portal import settings as s; "
    "print(s.STORAGES['staticfiles']['BACKEND'].rsplit('.', 1)[1], s.WHITENOISE_USE_FINDERS)"
)


@pytest.mark.parametrize(
    ("debug", "demo", "served"),
    [
        ("0", "0", "FingerprintedStorage False"),
        ("1", "1", "FingerprintedStorage False"),
        ("1", "0", "StaticFilesStorage True"),
    ],
)
def test_the_demonstration_sends_compressed_files_as_production_does(
    debug: str, demo: str, served: str, tmp_path: Path
):
    settings = {"DEBUG": debug, "DEMO": demo, "SECRET_KEY": "x" * 50, "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", HOW_SERVED],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(app).parents[1],
    )

    assert done.stdout.strip() == served

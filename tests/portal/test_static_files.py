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

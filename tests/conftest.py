"""What every test may count on."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _files_stay_in_tmp(settings: Any, tmp_path: Path) -> None:
    """Media, private files and mail of a test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

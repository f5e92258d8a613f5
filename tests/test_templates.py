"""Every template can be read: the tags and filters that it names are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines

FOLDER = Path(__file__).resolve().parent.parent / "templates"
ENDINGS = {".html", ".txt", ".xml"}
NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.suffix in ENDINGS)


@pytest.mark.parametrize("name", NAMES)
def test_template_can_be_read(name: str) -> None:
    assert engines["django"].get_template(name).template.name == name

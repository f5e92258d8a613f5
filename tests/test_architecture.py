"""Which way imports point (portal ◀ communities ◀ consultations), and what a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("portal", "communities", "consultations")
# From the ground up: each may import its own row and those above it in this list.
INSIDE_CONSULTATIONS = (
    ("enums", "instrument"),
    ("models", "translation", "rules", "roles"),
    ("questionnaires", "lifecycle"),
    ("answering", "planning"),
    ("focus_groups", "following"),
    ("previews", "responses", "simulation", "analysis", "themes"),
    ("reports",),
    ("exports",),
    ("opendata", "waves", "schedules", "digest"),
    ("tasks", "templatetags", "management", "urls", "wagtail_hooks", "apps", "demo", "migrations"),
)
RANK = {name: rank for rank, names in enumerate(INSIDE_CONSULTATIONS) for name in names}
# Only these put the whole together.
MAY_NAME_EVERY_APP = ("portal/urls.py", "portal/settings/")
DRAWERS = {"utils", "helpers", "services", "misc", "common", "business_logic", "shortcuts"}
LONGEST_FILE = 300


def test_imports_point_one_way() -> None:
    found = [
        upward for path in sources() for upward in upward_imports(path.relative_to(ROOT), path.read_text())
    ]

    assert found == []


def test_every_part_of_consultations_has_its_place() -> None:
    """A new sub-package or file gets its place in ``INSIDE_CONSULTATIONS`` when it appears."""
    folder = ROOT / "consultations"
    parts = {path.relative_to(folder).parts[0].removesuffix(".py") for path in folder.rglob("*.py")}

    assert parts - set(RANK) - {"__init__"} == set()


def test_instrument_does_not_know_django() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in (ROOT / "consultations" / "instrument").rglob("*.py")
        for module in imported_modules(path.relative_to(ROOT), path.read_text())
        if not is_pure(module)
    ]

    assert found == []


def test_no_file_is_longer_than_a_sitting() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources()}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_file_is_a_drawer() -> None:
    names = [path.relative_to(ROOT) for path in sources()]

    assert [str(name) for name in names if DRAWERS & {*name.parts, name.stem}] == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("portal/mail.py", "from communities.models import Country"),
        ("portal/mail.py", "def later():\n    import consultations.models"),
        ("communities/places/listing.py", "from consultations import rules"),
        ("consultations/models/question.py", "from ..answering.codes import make_code"),
        ("consultations/instrument/logic.py", "from ..models import Question"),
        ("consultations/answering/views.py", "from consultations.exports import jobs"),
        ("consultations/questionnaires/compile.py", "from .. import answering"),
    ],
)
def test_planted_upward_import_is_found(path: str, code: str) -> None:
    assert len(list(upward_imports(Path(path), code))) == 1


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("portal/urls.py", "from communities import urls"),
        ("portal/settings/core.py", "import consultations"),
        ("consultations/models/consultation.py", "from communities.models import Country"),
        ("consultations/exports/tables.py", "from ..models import Response\nfrom .csv import write"),
        ("consultations/answering/views.py", "from . import forms\nfrom ..instrument import logic"),
        ("communities/models/country.py", "from typing import TYPE_CHECKING\nfrom django.db import models"),
    ],
)
def test_import_of_what_lies_below_is_allowed(path: str, code: str) -> None:
    assert list(upward_imports(Path(path), code)) == []


def test_planted_django_is_found_in_the_instrument() -> None:
    modules = imported_modules(
        Path("consultations/instrument/kinds.py"), "from django.db import models\nimport re"
    )

    assert [module for module in modules if not is_pure(module)] == ["django.db.models"]


def sources() -> list[Path]:
    """Our Python files, without migrations: those are records of the past."""
    found = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def upward_imports(path: Path, code: str) -> Iterator[str]:
    """Imports in a file of something that stands above it."""
    for module in imported_modules(path, code):
        if not _is_below(path, module.split(".")):
            yield f"{path}: {module}"


def _is_below(path: Path, module: list[str]) -> bool:
    app, other = path.parts[0], module[0]
    if other not in APPS:
        return True
    if other != app:
        named = any(str(path).startswith(place) for place in MAY_NAME_EVERY_APP)
        return named or APPS.index(other) < APPS.index(app)
    if app != "consultations" or len(module) < 2:
        return True
    own = path.parts[1].removesuffix(".py")
    return RANK.get(module[1], 0) <= RANK.get(own, len(RANK))


def is_pure(module: str) -> bool:
    """Whether a module may be used by code that does not know Django."""
    outside = ("django", "wagtail", "portal", "communities", "consultations")
    return module.startswith("consultations.instrument") or not module.startswith(outside)


def imported_modules(path: Path, code: str) -> list[str]:
    """Everything that a file imports, anywhere in it, under its absolute name."""
    return [name for node in ast.walk(ast.parse(code)) for name in _names(path, node)]


def _names(path: Path, node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    package = [*path.parts[: len(path.parts) - node.level], node.module] if node.level else [node.module]
    base = ".".join(part for part in package if part)
    return [f"{base}.{alias.name}" for alias in node.names]

"""Frames made from answers, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from consultations.analysis.building import frame_of
from consultations.analysis.frame import Frame
from consultations.analysis.reading import Row
from consultations.instrument.definition import Definition
from consultations.models import QuestionnaireVersion

DAY = date(2026, 11, 3)


def version_of(definition: Definition, number: int = 1) -> QuestionnaireVersion:
    return QuestionnaireVersion(
        pk=number, number=number, document=definition.to_json(), digest=definition.digest()
    )


def frame_from(definition: Definition, documents: Sequence[dict[str, Any]], **about: Any) -> Frame:
    """One row a document, in order."""
    version = version_of(definition)
    rows = [row_of(place, answers, **about) for place, answers in enumerate(documents)]
    return frame_of([version], [rows] if rows else [])


def row_of(place: int, answers: dict[str, Any], *, version: int = 1, language: str = "es") -> Row:
    document = orjson.dumps(answers).decode()
    return Row(UUID(int=place).hex, version, DAY.isoformat(), language, "web", False, document)

"""What can be wrong with a questionnaire, said so that its author finds the place."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error stops publication, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """``place`` is the name of a question, row, section or list, or blank for the whole questionnaire.

    ``field`` is the field of the dataclass in ``definition.py``; ``position`` counts characters in a rule;
    ``language`` is given for missing translations.
    """

    place: str
    field: str
    code: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    position: int | None = None
    language: str = ""
    severity: Severity = Severity.ERROR

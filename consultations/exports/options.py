"""How somebody wants the answers."""

from __future__ import annotations

from dataclasses import dataclass

from ..analysis.filters import EVERYTHING, Filter, from_query
from ..enums import CellValues
from ..models import ExportJob, WeightingScheme


class Refused(Exception):  # noqa: N818  (a decision that is told to people, not a fault)
    """What was asked for cannot be had. The message is for people."""


@dataclass(frozen=True)
class Options:
    """Without ``sensitive``, sensitive questions are left out."""

    values: CellValues = CellValues.LABELS
    language: str = "es"
    sensitive: bool = True
    filter: Filter = EVERYTHING
    weighting: WeightingScheme | None = None
    with_codes: bool = False


def options_of(job: ExportJob) -> Options:
    """Raises ``FilterError``."""
    return Options(
        CellValues(job.values),
        job.language,
        job.sensitive,
        from_query(job.filter),
        job.weighting,
        job.with_codes,
    )

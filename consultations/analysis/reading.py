"""Sent responses as they are read for the frame: few columns, in order, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ..models import Consultation, QuestionnaireVersion, Response

BATCH = 2_000


class Row(NamedTuple):
    """What is read of a response, and no more than that."""

    id: UUID
    version_id: int
    submitted_on: date
    language: str
    channel: str
    consents: list[dict[str, Any]]
    answers: dict[str, Any]


def answered_versions(consultation: Consultation) -> tuple[QuestionnaireVersion, ...]:
    """The versions with sent answers, newest first; before the first answer, the version on offer."""
    answered = Response.objects.submitted().filter(consultation=consultation).values("version")
    versions = tuple(QuestionnaireVersion.objects.filter(pk__in=answered).order_by("-number"))
    current = consultation.current_version
    return versions or ((current,) if current else ())


def batches(consultation: Consultation, versions: Sequence[QuestionnaireVersion]) -> Iterator[list[Row]]:
    """By key rather than by one long cursor: nothing is held open while progress is written.

    On SQLite a connection that still reads an old state may not write. A version that appears meanwhile
    waits for the next time, and a response that is withdrawn meanwhile is gone.
    """
    sent = Response.objects.submitted().filter(consultation=consultation, version__in=versions)
    keys = list(sent.order_by("submitted_on", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        found = Response.objects.submitted().filter(pk__in=keys[start : start + BATCH])
        yield [Row(*values) for values in found.order_by("submitted_on", "pk").values_list(*Row._fields)]

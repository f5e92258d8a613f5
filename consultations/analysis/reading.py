"""Sent responses as they are read for the frame: few columns, in order, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from uuid import UUID

import orjson
from django.db.models import TextField
from django.db.models.functions import Cast

from ..answering import consents
from ..models import Consultation, QuestionnaireVersion, Response

BATCH = 2_000


class Row(NamedTuple):
    """What is read of a response, and no more than that.

    Much is text still: ``id`` (with or without hyphens, as the database keeps it), ``submitted_on`` (ISO)
    and ``answers`` (JSON). Whoever makes a table of a hundred thousand turns a whole column sooner than each.
    """

    id: str
    version_id: int
    submitted_on: str
    language: str
    channel: str
    quotable: bool
    answers: str


def answered_versions(consultation: Consultation) -> tuple[QuestionnaireVersion, ...]:
    """The versions with sent answers, newest first; before the first answer, the version on offer."""
    answered = Response.objects.submitted().filter(consultation=consultation).values("version")
    versions = tuple(QuestionnaireVersion.objects.filter(pk__in=answered).order_by("-number"))
    current = consultation.current_version
    return versions or ((current,) if current else ())


def versions_of(keys: Sequence[int]) -> tuple[QuestionnaireVersion, ...]:
    """The versions with these keys, in their order. Raises ``KeyError``."""
    found = QuestionnaireVersion.objects.in_bulk(keys)
    return tuple(found[key] for key in keys)


def stream(consultation: Consultation, versions: Sequence[QuestionnaireVersion]) -> Iterator[list[Row]]:
    """In no order and by one cursor, in half the time: for whoever writes nothing until the end."""
    sent = Response.objects.submitted().filter(consultation=consultation, version__in=versions)
    rows = sent.order_by().values_list(*_AS_READ).iterator(chunk_size=BATCH)
    while batch := [_row(*values) for values in islice(rows, BATCH)]:
        yield batch


def some(keys: Sequence[UUID], versions: Sequence[QuestionnaireVersion]) -> Iterator[list[Row]]:
    """Those of these responses that are sent, in no order."""
    for start in range(0, len(keys), BATCH):
        found = Response.objects.submitted().filter(pk__in=keys[start : start + BATCH], version__in=versions)
        if rows := [_row(*values) for values in found.order_by().values_list(*_AS_READ)]:
            yield rows


def batches(consultation: Consultation, versions: Sequence[QuestionnaireVersion]) -> Iterator[list[Row]]:
    """By key rather than by one long cursor: nothing is held open while progress is written.

    On SQLite a connection that still reads an old state may not write. A version that appears meanwhile
    waits for the next time, and a response that is withdrawn meanwhile is gone.
    """
    sent = Response.objects.submitted().filter(consultation=consultation, version__in=versions)
    keys = list(sent.order_by("submitted_on", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        found = Response.objects.submitted().filter(pk__in=keys[start : start + BATCH])
        yield [_row(*values) for values in found.order_by("submitted_on", "pk").values_list(*_AS_READ)]


# As text: a field's own conversion takes three times as long.
_AS_READ = (
    Cast("id", TextField()),
    "version_id",
    Cast("submitted_on", TextField()),
    "language",
    "channel",
    Cast("consents", TextField()),
    Cast("answers", TextField()),
)


def _row(key: str, version: int, day: str, language: str, channel: str, consents: str, answers: str) -> Row:
    return Row(key, version, day, language, channel, _may_be_quoted(consents), answers)


@lru_cache(maxsize=4096)
def _may_be_quoted(document: str) -> bool:
    """Remembered: many people agree to the same texts on the same day."""
    return consents.QUOTES in consents.purposes(orjson.loads(document))

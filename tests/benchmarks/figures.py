"""What is measured of the analysis: the way from answers to figures, in a process that kept nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import uuid4

from django.utils import timezone

from consultations.analysis import snapshot
from consultations.analysis.crosstabs import crosstab
from consultations.analysis.disclosure import protected_crosstab, protected_tally
from consultations.analysis.dropoff import questions, sections
from consultations.analysis.frame import CHANNEL, DAY, LANGUAGE, Frame
from consultations.analysis.protection import Protection
from consultations.analysis.tallies import by_context, tally
from consultations.models import Consultation, Response

# One answer by one, several by one, several by several, offices, numbers.
PAIRS = (
    ("country_of_residence", "gender"),
    ("services_used", "age_group"),
    ("services_used", "help_needed"),
    ("consular_office", "satisfaction_waiting"),
    ("year_of_arrival", "recommend_score"),
)
PROTECTION = Protection(10)


def measure(consultation: Consultation) -> dict[str, float]:
    """Seconds of each part."""
    found = {"frame, cold": _seconds(lambda: snapshot.refresh(consultation))}
    snapshot.forget()
    found["frame, from its file"] = _seconds(lambda: snapshot.available(consultation))
    frame = snapshot.available(consultation)
    if frame is None:
        raise RuntimeError("There is no snapshot.")
    found["overview, first"] = _seconds(lambda: overview(consultation, frame))
    found["overview, warm"] = _seconds(lambda: overview(consultation, frame))
    found["overview, warm and protected"] = _seconds(lambda: protected_overview(consultation, frame))
    times = [
        _seconds(lambda pair=pair: protected_crosstab(crosstab(frame, *pair), PROTECTION)) for pair in PAIRS
    ]
    found["cross-tab, slowest of five"] = max(times)
    found["cross-tab, middle of five"] = sorted(times)[2]
    _send(consultation, 100)
    found["frame, after 100 answers"] = _seconds(lambda: snapshot.refresh(consultation))
    return found


def _table(frame: Frame, rows: str, columns: str) -> None:
    protected_crosstab(crosstab(frame, rows, columns), PROTECTION)


def overview(consultation: Consultation, frame: Frame) -> None:
    """Every figure of every question, and where people stopped."""
    for question in frame.definition.questions():
        if question.answer_names:
            tally(frame, question.name)
    for field in (LANGUAGE, DAY, CHANNEL):
        by_context(frame, field)
    sections(consultation, frame)
    questions(frame)


def protected_overview(consultation: Consultation, frame: Frame) -> None:
    for question in frame.definition.questions():
        if question.answer_names:
            protected_tally(tally(frame, question.name), PROTECTION)
    overview(consultation, frame)


def _send(consultation: Consultation, count: int) -> None:
    """So many people more, today, with answers that others gave."""
    responses = list(Response.objects.submitted().filter(consultation=consultation)[:count])
    for response in responses:
        response.pk, response.submitted_on = uuid4(), timezone.localdate()
    Response.objects.bulk_create(responses)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun

"""What is measured of the analysis: one path for every number, from answers to tables."""

from __future__ import annotations

from consultations.analysis import snapshot
from consultations.analysis.crosstabs import crosstab
from consultations.analysis.disclosure import Protection, protected_crosstab, protected_tally
from consultations.analysis.dropoff import questions, sections
from consultations.analysis.frame import CHANNEL, DAY, LANGUAGE, Frame
from consultations.analysis.tallies import by_context, tally
from consultations.models import Consultation

PAIRS = (
    ("country_of_residence", "gender"),
    ("age_group", "services_used"),
    ("services_used", "help_needed"),
    ("satisfaction_waiting", "consular_office"),
    ("year_of_arrival", "recommend_score"),
)


def overview_of(consultation: Consultation, frame: Frame, *, protect: bool) -> None:
    """Every figure of every question, and how people came to the end."""
    for question in frame.definition.questions():
        if question.answer_names:
            found = tally(frame, question.name)
            if protect:
                protected_tally(found, Protection(10))
    for field in (LANGUAGE, DAY, CHANNEL):
        by_context(frame, field)
    sections(consultation, frame)
    questions(frame)


def measure(consultation: Consultation) -> dict[str, float]:
    """Seconds of each part, in a process that kept nothing before."""
    frame: list[Frame] = []
    found = {"cold": _seconds(lambda: frame.append(snapshot.refresh(consultation)))}
    snapshot.forget()
    found["opened"] = _seconds(lambda: frame.append(_available(consultation)))
    found["overview first"] = _seconds(lambda: overview_of(consultation, frame[-1], protect=False))
    found["overview"] = _seconds(lambda: overview_of(consultation, frame[-1], protect=False))
    found["overview protected"] = _seconds(lambda: overview_of(consultation, frame[-1], protect=True))
    for rows, columns in PAIRS:
        table = crosstab(frame[-1], rows, columns)
        found[f"{rows} by {columns}"] = _seconds(lambda r=rows, c=columns: crosstab(frame[-1], r, c))
        found[f"{rows} by {columns} protected"] = _seconds(
            lambda t=table: protected_crosstab(t, Protection(10))
        )
    _send_again(consultation, 100)
    found["incremental"] = _seconds(lambda: frame.append(snapshot.refresh(consultation)))
    return found

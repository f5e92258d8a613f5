"""Where people stop: by section over everyone who began, by question over those who sent.

A draft is its owner's until it is sent: of drafts only the names of the sections that were saved are read,
never an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from django.db.models import Count

from ..instrument.definition import QuestionKind
from ..models import Consultation, Response
from ..models.response import ResponseQuerySet
from .asked import answered, asked
from .frame import Frame

SENT = "sections of sent responses"


@dataclass(frozen=True)
class SectionReach:
    """How many saved a section, and how many of them saved no later one and did not send: they left here."""

    section: str
    sent: int | None
    unsent: int | None
    left_here: int | None


@dataclass(frozen=True)
class QuestionReach:
    """Of the responses that were sent: who was asked, and who skipped the question."""

    question: str
    asked: int | None
    skipped: int | None


def sections(consultation: Consultation, frame: Frame) -> list[SectionReach]:
    """In the order of the newest version; sections without a question that can be answered are left out."""
    responses = Response.objects.filter(consultation=consultation).order_by()
    sent: Counter[str] = Counter()
    unsent: Counter[str] = Counter()
    last: Counter[str] = Counter()
    names = [s.name for s in frame.definition.sections if any(q.answer_names for q in s.questions)]
    # Over all sent responses it takes a third of a second; it changes when the frame does.
    if SENT not in frame.figures:
        frame.figures[SENT] = list(_together(responses.submitted()))
    for saved, people in frame.figures[SENT]:
        sent.update(dict.fromkeys(saved, people))
    for saved, people in _together(responses.drafts()):
        unsent.update(dict.fromkeys(saved, people))
        last.update(dict.fromkeys([name for name in names if name in saved][-1:], people))
    return [SectionReach(name, sent[name], unsent[name], last[name]) for name in names]


def _together(responses: ResponseQuerySet) -> Iterable[tuple[list[str], int]]:
    """Which sections were saved, and by how many: few ways lead through a questionnaire."""
    return responses.order_by().values_list("sections").annotate(people=Count("pk"))


def questions(frame: Frame, *, rows: pl.Series | None = None) -> list[QuestionReach]:
    """In the order of the newest version, over the rows that a mask lets through (all without one).

    Whoever did not tick a box said no by it, and skipped nothing.
    """
    found = []
    for question in frame.definition.questions():
        if question.answer_names and question.kind is not QuestionKind.ACKNOWLEDGE:
            count = _number(asked(frame, question.name), rows)
            given = _number(answered(frame, question.name), rows)
            found.append(QuestionReach(question.name, count, count - given))
    return found


def _number(chosen: pl.Series, rows: pl.Series | None) -> int:
    return int((chosen if rows is None else chosen & rows).sum())

"""The demonstration's session that was held: attendance, notes, quotations and a transcript, all invented."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.models import User

from ..enums import RegistrationStatus as S
from ..focus_groups import notes, stages, transcripts
from ..focus_groups.notes import Quotation, Written
from ..focus_groups.states import change_state
from ..models import FocusGroup, FocusGroupSession
from .content import FOLDER

DAYS_AGO = 9


def hold(session: FocusGroupSession, *, by: User) -> None:
    """Move the session into the past, take attendance, and write down what was said."""
    said = json.loads((FOLDER / "content" / "focus_groups" / "held.json").read_text(encoding="utf-8"))
    _move(session)
    for place, registration in enumerate(stages.seated(session), start=1):
        change_state(registration, S.ABSENT if place == 6 else S.ATTENDED, by=by)
    stages.mark_held(session=session, by=by)
    _write_notes(session, said, by)
    transcripts.store(
        session=session,
        name="sesion.txt",
        content="\n".join(said["transcript"]).encode(),
        language=said["language"],
        by=by,
    )


def _move(session: FocusGroupSession) -> None:
    """What was planned ahead, so that the call could be opened, lies behind."""
    begun = session.starts_at - timedelta(days=(session.starts_at - timezone.now()).days + 1 + DAYS_AGO)
    FocusGroupSession.objects.filter(pk=session.pk).update(starts_at=begun)
    FocusGroup.objects.filter(pk=session.group_id).update(closes_at=begun - timedelta(days=5))
    session.refresh_from_db()


def _write_notes(session: FocusGroupSession, said: dict[str, Any], by: User) -> None:
    topics = {topic.sort_order: topic for topic in session.group.topics.all()}
    for order, note in said["notes"].items():
        notes.save(
            session=session,
            topic=topics[int(order) - 1],
            written=Written(
                said["language"], note["summary"], note["agreement"], note["surprises"], note["follow_ups"]
            ),
            quotations=[
                Quotation(text, said["language"], seat, translation, language)
                for seat, text, language, translation in note["quotations"]
            ],
            revision=0,
            by=by,
        )

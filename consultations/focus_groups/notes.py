"""Notes of a session, topic by topic: saved whole, never over somebody else's words unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..enums import ConsentPurpose, SessionStatus
from ..lifecycle import NotAllowed
from ..models import Excerpt, FocusGroupSession, GuideTopic, Registration, TopicNote
from . import consents, seats


@dataclass(frozen=True)
class Written:
    """What stands in the note itself."""

    language: str
    summary: str = ""
    agreement: str = ""
    surprises: str = ""
    follow_ups: str = ""


@dataclass(frozen=True)
class Quotation:
    """Words of one person, by the number of their seat; ``key`` is that of a quotation stored before."""

    text: str
    language: str
    speaker: int | None = None
    translation: str = ""
    translation_language: str = ""
    key: int | None = None


class Conflict(Exception):  # noqa: N818  (a state of affairs that is shown to people)
    """Somebody else saved the note meanwhile. ``note`` is what is stored now; nothing was written."""

    def __init__(self, note: TopicNote) -> None:
        super().__init__("The note was changed meanwhile.")
        self.note = note


@transaction.atomic
def save(
    *,
    session: FocusGroupSession,
    topic: GuideTopic,
    written: Written,
    quotations: Sequence[Quotation],
    revision: int,
    by: User,
) -> TopicNote:
    """Write a note with its quotations. ``revision`` is that of the note which the person had before them.

    A quotation that is no longer among them is deleted. Raises ``Conflict``, ``NotAllowed``.
    """
    seats.lock(session.group_id)
    session.refresh_from_db()
    if session.status == SessionStatus.CANCELLED:
        raise NotAllowed(_("This session was cancelled."))
    note = TopicNote.objects.filter(session=session, topic=topic).first()
    if note is not None and note.revision != revision:
        raise Conflict(note)
    note = note or TopicNote(session=session, topic=topic)
    note.language, note.summary, note.agreement = written.language, written.summary, written.agreement
    note.surprises, note.follow_ups = written.surprises, written.follow_ups
    note.revision, note.written_by = note.revision + 1, by
    note.save()
    _write_quotations(note, quotations, by)
    audit.record("note.saved", target=note, by=by, session=session.pk, revision=note.revision)
    return note


def _write_quotations(note: TopicNote, quotations: Sequence[Quotation], by: User) -> None:
    """In place: what was coded keeps its codes when a word in it is corrected."""
    stored = {excerpt.pk: excerpt for excerpt in note.quotations.all()}
    kept = set()
    for number, said in enumerate(quotations, start=1):
        excerpt = stored.get(said.key or 0) or Excerpt(session_id=note.session_id, note=note)
        if said.translation != excerpt.translation:
            excerpt.translated_by = by if said.translation else None
        excerpt.number, excerpt.speaker, excerpt.text = number, said.speaker, said.text
        excerpt.language, excerpt.translation = said.language, said.translation
        excerpt.translation_language = said.translation_language if said.translation else ""
        excerpt.save()
        kept.add(excerpt.pk)
    note.quotations.exclude(pk__in=kept).delete()


def not_to_be_quoted(session: FocusGroupSession) -> set[int]:
    """The seats of those who do not agree to be quoted, where the group asks for it."""
    if ConsentPurpose.QUOTING not in consents.current(session.group):
        return set()
    seated = Registration.objects.filter(seat__session=session)
    agree = seated.filter(
        consents__withdrawn_at__isnull=True, consents__version__purpose=ConsentPurpose.QUOTING
    )
    return set(seated.exclude(pk__in=agree).values_list("seat__number", flat=True))

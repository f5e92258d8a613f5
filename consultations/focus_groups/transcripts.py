"""Transcripts of sessions: read, checked for names, and stored whole as excerpts, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..enums import SessionStatus
from ..lifecycle import NotAllowed
from ..models import Excerpt, FocusGroupSession, Transcript
from ..models.session_notes import private_storage
from . import seats
from .names import Found, names_in
from .transcript_files import Unreadable, format_of, read
from .turns import Turn, turns

__all__ = ["NamesFound", "Unreadable", "preview", "remove", "store"]


class NamesFound(NotAllowed):
    """The text names people. ``found`` says which words, and in which line of the file."""

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__(
            _("The transcript seems to name people. Replace the names by seats (“Participante 3”).")
        )
        self.found = list(found)


def preview(*, session: FocusGroupSession, name: str, content: bytes) -> tuple[list[Turn], list[Found]]:
    """What would be stored, and the words that seem to name somebody. Raises ``Unreadable``."""
    said = turns(read(name, content))
    if not said:
        raise Unreadable(_("The file holds no words."))
    known = set(session.seats.values_list("number", flat=True))
    strange = next((turn for turn in said if turn.speaker is not None and turn.speaker not in known), None)
    if strange is not None:
        words = {"line": strange.line, "number": strange.speaker}
        raise Unreadable(_("Line %(line)s: this session has no seat %(number)s.") % words)
    return said, names_in(session, said)


@transaction.atomic
def store(
    *,
    session: FocusGroupSession,
    name: str,
    content: bytes,
    language: str,
    by: User,
    names_checked: bool = False,
) -> Transcript:
    """Keep a transcript and its turns as excerpts. The same file again changes nothing.

    ``names_checked`` says that somebody looked at the words that seem to be names, and that they are none.
    Raises ``Unreadable``, ``NamesFound``, ``NotAllowed``; then nothing is stored.
    """
    seats.lock(session.group_id)
    digest = hashlib.sha256(content).hexdigest()
    before = Transcript.objects.filter(session=session, digest=digest).first()
    if before is not None:
        return before
    session.refresh_from_db()
    if session.status == SessionStatus.CANCELLED or not session.is_past:
        raise NotAllowed(_("A transcript belongs to a session that has taken place."))
    said, found = preview(session=session, name=name, content=content)
    if found and not names_checked:
        raise NamesFound(found)
    transcript = Transcript.objects.create(
        session=session, format=format_of(name), language=language, digest=digest, uploaded_by=by
    )
    Excerpt.objects.bulk_create(_excerpts(transcript, said))
    audit.record("transcript.stored", target=transcript, by=by, turns=len(said), names_checked=bool(found))
    _keep(transcript, content)
    return transcript


@transaction.atomic
def remove(*, transcript: Transcript, by: User) -> None:
    """Take a transcript away with its excerpts, and its file once that is certain. Twice is once."""
    seats.lock(transcript.session.group_id)
    found = Transcript.objects.filter(pk=transcript.pk).first()
    if found is None:
        return
    name = found.file.name
    audit.record("transcript.removed", target=found, by=by)
    found.delete()
    if name:
        transaction.on_commit(lambda: private_storage().delete(name))


def _excerpts(transcript: Transcript, said: Sequence[Turn]) -> list[Excerpt]:
    return [
        Excerpt(
            session_id=transcript.session_id,
            transcript=transcript,
            number=number,
            speaker=turn.speaker,
            is_moderator=turn.is_moderator,
            language=transcript.language,
            text=turn.text,
            begins=turn.begins,
            ends=turn.ends,
        )
        for number, turn in enumerate(said, start=1)
    ]


def _keep(transcript: Transcript, content: bytes) -> None:
    """The file comes last, under a name that says nothing; where the rest fails after all, it goes again."""
    storage = private_storage()
    name = storage.save(f"transcripts/{transcript.digest[:32]}.{transcript.format}", ContentFile(content))
    try:
        Transcript.objects.filter(pk=transcript.pk).update(file=name)
    except Exception:
        storage.delete(name)
        raise
    transcript.file.name = name

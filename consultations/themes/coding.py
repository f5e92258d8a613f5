"""Giving codes to a text: everyone in their own judgement, and one of them counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..enums import CodingOrigin, JudgementKind
from ..lifecycle import NotAllowed
from ..models import CodeFrame, Coding, Consultation, DoubleCoding, Judgement, Passage, Suggestion
from .holding import frame_held
from .spans import Span, joined, within
from .visibility import is_blind
from .wording import codes_of


class Conflict(Exception):  # noqa: N818  (a state of affairs, shown as a page)
    """Another window of the same person saved other codes for this text."""


class Gone(Exception):  # noqa: N818  (the same)
    """The words were changed or taken back by their author."""


@dataclass(frozen=True)
class Mark:
    """A code on the whole text, or on a stretch of it."""

    code: int
    span: Span | None = None


@transaction.atomic
def save(
    *, passage: Passage, marks: Iterable[Mark], by: User, base: int, note: str = "", doubtful: bool = False
) -> Judgement:
    """Finish one's judgement of a text. No marks says that it is about nothing in the frame.

    Saved twice, it is there once. Raises ``Conflict``, ``Gone`` and ``NotAllowed``.
    """
    frame = frame_held(passage.consultation)
    locked = _locked(passage)
    judgement = own_judgement(locked, by)
    wanted = tidy(marks, locked.text)
    if judgement.revision != base:
        if judgement.done_at and marks_of(judgement) == wanted:
            return judgement
        raise Conflict
    _require_open(judgement)
    _require_codes(frame, wanted, judgement)
    judgement.note, judgement.doubtful = note.strip(), doubtful
    judgement.revision += 1
    judgement.done_at = timezone.now()
    judgement.save()
    _replace(judgement, wanted)
    settle(locked)
    Passage.objects.filter(pk=locked.pk).update(claimed_by=None, claimed_until=None)
    return judgement


@transaction.atomic
def reopen(*, judgement: Judgement, by: User) -> None:
    """Undo: a judgement of one's own is unfinished again, its codes still on it, until it is saved anew."""
    passage = _locked(judgement.passage)
    mine = Judgement.objects.filter(pk=judgement.pk, coder=by, done_at__isnull=False)
    if judgement.kind == JudgementKind.DECISION or not mine.exists():
        raise NotAllowed(_("There is nothing to undo."))
    _require_open(judgement)
    mine.update(done_at=None, counts=False)
    settle(passage)
    audit.record("coding.undone", target=passage, by=by)


def last_of(consultation: Consultation, user: User) -> Judgement | None:
    """What this person finished last and may still undo."""
    own = Judgement.objects.done().filter(coder=user, passage__consultation=consultation)
    last = own.exclude(kind=JudgementKind.DECISION).order_by("-done_at", "-pk").first()
    return None if last is not None and was_compared(last) else last


def own_judgement(passage: Passage, user: User) -> Judgement:
    """The one that this person has begun, or a new one that is not stored."""
    kind = JudgementKind.BLIND if is_blind(passage, user) else JudgementKind.CODING
    found = Judgement.objects.filter(passage=passage, coder=user, kind=kind).first()
    return found or Judgement(passage=passage, coder=user, kind=kind)


def was_compared(judgement: Judgement) -> bool:
    """Whether it is one of the two that a closed double coding laid side by side.

    Changed afterwards, by somebody who has seen the other, it would tell of an agreement that never was.
    """
    closed = DoubleCoding.objects.filter(closed_at__isnull=False, passages=judgement.passage_id)
    if judgement.pk is None or not closed.exists():
        return False
    if judgement.kind == JudgementKind.BLIND:
        return not closed.model.objects.filter(
            closed_at__isnull=True, passages=judgement.passage_id, second_coder=judgement.coder_id
        ).exists()
    seconds = Judgement.objects.done().filter(kind=JudgementKind.BLIND, passage=judgement.passage_id)
    return seconds.filter(coder__in=closed.values("second_coder")).exclude(coder=judgement.coder_id).exists()


def marks_of(judgement: Judgement) -> list[Mark]:
    codings = judgement.codings.all() if judgement.pk else []
    return sorted((_as_mark(coding) for coding in codings), key=_place)


def tidy(marks: Iterable[Mark], text: str) -> list[Mark]:
    """Inside the text, in order; stretches of one code that touch become one."""
    listed = list(marks)
    whole = {mark.code for mark in listed if mark.span is None}
    spans: dict[int, list[Span]] = {}
    for mark in listed:
        span = within(mark.span.start, mark.span.end, text) if mark.span else None
        if span is not None:
            spans.setdefault(mark.code, []).append(span)
    found = [Mark(code) for code in whole]
    found += [Mark(code, span) for code, group in spans.items() for span in joined(group)]
    return sorted(found, key=_place)


def settle(passage: Passage) -> None:
    """Say which judgement counts: a decision, or else the first that was finished by a coder who saw all."""
    done = Judgement.objects.done().filter(passage=passage)
    order = done.exclude(kind=JudgementKind.BLIND).order_by("done_at", "pk")
    counting = order.filter(kind=JudgementKind.DECISION).first() or order.first()
    if counting is not None and counting.counts:
        return
    Judgement.objects.filter(passage=passage, counts=True).update(counts=False)
    if counting is not None:
        Judgement.objects.filter(pk=counting.pk).update(counts=True)


def _locked(passage: Passage) -> Passage:
    rows = Passage.objects.with_texts().select_for_update(of=("self",))
    found = rows.select_related("consultation").filter(pk=passage.pk).first()
    if found is None or not found.is_current or not found.stands:
        raise Gone
    return found


def _require_open(judgement: Judgement) -> None:
    if was_compared(judgement):
        raise NotAllowed(_("The double coding is closed: its judgements stay as they are."))


def _require_codes(frame: CodeFrame | None, marks: Sequence[Mark], judgement: Judgement) -> None:
    """Codes in use, and those that the judgement had before they were retired."""
    known = {theme.code.pk for theme in codes_of(frame).in_use} if frame else set()
    had = {mark.code for mark in marks_of(judgement)}
    if {mark.code for mark in marks} - known - had:
        raise NotAllowed(_("One of these codes is no longer in use. Load the page again."))


def _replace(judgement: Judgement, marks: Sequence[Mark]) -> None:
    """Codes that stay keep their history; the others go and come."""
    before = {_as_mark(coding): coding for coding in judgement.codings.all()}
    gone = [coding.pk for mark, coding in before.items() if mark not in marks]
    Coding.objects.filter(pk__in=gone).delete()
    suggested = _suggested(judgement)
    Coding.objects.bulk_create(
        Coding(
            judgement=judgement,
            code_id=mark.code,
            start=mark.span.start if mark.span else None,
            end=mark.span.end if mark.span else None,
            origin=CodingOrigin.CONFIRMED if mark.code in suggested else CodingOrigin.HUMAN,
        )
        for mark in marks
        if mark not in before
    )


def _suggested(judgement: Judgement) -> set[int]:
    """What the machine had proposed to this coder; a blind one saw none of it."""
    if judgement.kind == JudgementKind.BLIND:
        return set()
    return set(Suggestion.objects.filter(passage=judgement.passage_id).values_list("code", flat=True))


def _as_mark(coding: Coding) -> Mark:
    if coding.start is None or coding.end is None:
        return Mark(coding.code_id)
    return Mark(coding.code_id, Span(coding.start, coding.end))


def _place(mark: Mark) -> tuple[int, int, int]:
    return (mark.code, mark.span.start if mark.span else -1, mark.span.end if mark.span else -1)

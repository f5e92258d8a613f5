"""Deciding between two codings of one text. Both stay as they were; the decision is what counts."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..enums import JudgementKind
from ..lifecycle import NotAllowed
from ..models import Adjudication, Coding, DoubleCoding, Judgement, Passage
from .coding import Conflict, Gone, settle
from .double_coding import codes_in, pairs
from .holding import frame_held
from .visibility import in_open_sample


@transaction.atomic
def decide(
    *, double: DoubleCoding, passage: Passage, codes: Collection[int], reason: str, base: int, by: User
) -> Judgement:
    """Say which codes a text has. Decided again, the new decision takes the place of the old.

    Codes lie where the coders who gave them put them. ``base`` is the revision of the decision that was on
    the screen, 0 for none. Raises ``NotAllowed`` while a sample is open, and for a code that neither of them
    gave; ``Conflict`` where somebody decided otherwise meanwhile; ``Gone`` where the author took it back.
    """
    frame_held(passage.consultation)
    if not Passage.objects.select_for_update().filter(pk=passage.pk).exists():
        raise Gone
    if in_open_sample(passage):
        raise NotAllowed(_("The second coder is still at work: decide once the double coding is closed."))
    both = next((pair for pair in pairs(double) if pair[0].passage_id == passage.pk), None)
    if both is None:
        raise NotAllowed(_("Nobody coded this text a second time."))
    given = {coding.code_id for judgement in both for coding in judgement.codings.all()}
    if set(codes) - given:
        raise NotAllowed(_("Choose among the codes that one of the two gave."))
    before = decision_on(passage)
    if (before.revision if before else 0) != base:
        if before and codes_in(before) == set(codes):
            return before
        raise Conflict
    judgement = _decision(before, passage, by)
    _put(judgement, both, codes)
    Adjudication.objects.update_or_create(
        judgement=judgement, defaults={"double_coding": double, "reason": reason.strip()}
    )
    settle(passage)
    audit.record("coding.decided", target=passage, by=by, double_coding=double.pk)
    return judgement


def decision_on(passage: Passage) -> Judgement | None:
    """One decision a text, whoever takes it."""
    decisions = Judgement.objects.filter(passage=passage, kind=JudgementKind.DECISION)
    return decisions.select_related("coder", "adjudication").first()


def _decision(before: Judgement | None, passage: Passage, by: User) -> Judgement:
    judgement = before or Judgement(passage=passage, kind=JudgementKind.DECISION)
    judgement.coder, judgement.done_at = by, timezone.now()
    judgement.revision += 1
    judgement.save()
    return judgement


def _put(judgement: Judgement, both: tuple[Judgement, Judgement], codes: Collection[int]) -> None:
    judgement.codings.all().delete()
    for code in codes:
        source = next(side for side in both if any(c.code_id == code for c in side.codings.all()))
        Coding.objects.bulk_create(
            Coding(judgement=judgement, code_id=code, start=coding.start, end=coding.end)
            for coding in source.codings.all()
            if coding.code_id == code
        )

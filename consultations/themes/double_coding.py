"""A sample of coded texts goes to a second person, who sees neither the first codes nor any suggestion."""

from __future__ import annotations

import math
from random import Random

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from .. import rules
from ..enums import JudgementKind
from ..lifecycle import NotAllowed
from ..models import Consultation, DoubleCoding, Judgement, Passage
from ..models.passage import PassageQuerySet
from .quotation_themes import give_waiting
from .visibility import being_double_coded, passages_visible_to

FEWEST = 5


@transaction.atomic
def draw(
    *,
    consultation: Consultation,
    second_coder: User,
    seed: str,
    by: User,
    share: float | None = None,
    number: int | None = None,
) -> DoubleCoding:
    """Draw from the coded texts that the second coder may see and never judged.

    The same texts and the same seed give the same sample. Give a share (0 to 1) or a number. Raises
    ``NotAllowed``.
    """
    if not rules.may_code_answers(second_coder):
        raise NotAllowed(_("This person may not code answers."))
    keys = list(candidates(consultation, second_coder).order_by("pk").values_list("pk", flat=True))
    wanted = number if number is not None else math.ceil(len(keys) * (share or 0))
    if len(keys) < FEWEST or wanted < FEWEST:
        raise NotAllowed(
            _("A sample needs %(fewest)s texts at least; %(number)s could be drawn from.")
            % {"fewest": FEWEST, "number": len(keys)}
        )
    chosen = Random(seed).sample(keys, min(wanted, len(keys)))  # noqa: S311  (no secret: the seed is shown)
    double = DoubleCoding.objects.create(
        consultation=consultation,
        seed=seed,
        second_coder=second_coder,
        drawn_from=len(keys),
        drawn_by=by,
    )
    double.passages.set(chosen)
    audit.record("double_coding.drawn", target=double, by=by, seed=seed, texts=len(chosen))
    return double


@transaction.atomic
def close(*, double: DoubleCoding, by: User) -> None:
    """End the blind work: agreement is computed and differences are decided from now on.

    Texts that the second coder did not judge take no part.
    """
    locked = DoubleCoding.objects.select_for_update(of=("self",)).get(pk=double.pk)
    if not locked.is_open:
        return
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    give_waiting(locked)
    audit.record("double_coding.closed", target=locked, by=by, judged=len(pairs(locked)))


def candidates(consultation: Consultation, second_coder: User) -> PassageQuerySet:
    judged = Judgement.objects.filter(coder=second_coder)
    return (
        passages_visible_to(second_coder)
        .filter(consultation=consultation)
        .coded()
        .exclude(pk__in=judged.values("passage"))
        .exclude(pk__in=being_double_coded())
    )


def pairs(double: DoubleCoding) -> list[tuple[Judgement, Judgement]]:
    """For each text that both judged: the first coder's judgement and the second's, by text."""
    done = Judgement.objects.done().filter(passage__double_codings=double).order_by("done_at", "pk")
    second: dict[int, Judgement] = {}
    first: dict[int, Judgement] = {}
    for judgement in done.prefetch_related("codings"):
        if judgement.kind == JudgementKind.BLIND and judgement.coder_id == double.second_coder_id:
            second[judgement.passage_id] = judgement
        elif judgement.kind == JudgementKind.CODING and judgement.coder_id != double.second_coder_id:
            first.setdefault(judgement.passage_id, judgement)
    return [(first[key], second[key]) for key in sorted(first.keys() & second.keys())]


def codes_in(judgement: Judgement) -> frozenset[int]:
    """Its codes, wherever they lie. What was merged since then counts as what it became."""
    return frozenset(coding.code_id for coding in judgement.codings.all())


def differing(double: DoubleCoding) -> list[Passage]:
    """Texts on which the two do not give the same codes, and which nobody decided yet."""
    keys = [a.passage_id for a, b in pairs(double) if codes_in(a) != codes_in(b)]
    decided = Judgement.objects.done().filter(kind=JudgementKind.DECISION, passage__in=keys)
    left = Passage.objects.filter(pk__in=keys).exclude(pk__in=decided.values("passage"))
    return list(left.order_by("pk"))

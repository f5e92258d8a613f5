"""Who sees which texts and which codings: blind coding lives here, and nowhere else."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from .. import rules
from ..enums import ResponseStatus, TextSource
from ..models import DoubleCoding, Judgement, Passage, Quotation
from ..models.coding import JudgementQuerySet
from ..models.passage import PassageQuerySet


def passages_visible_to(user: rules.Anyone) -> PassageQuerySet:
    """Texts of sent answers and of sessions; sensitive ones only for who may read such answers."""
    passages = Passage.objects.filter(
        Q(response__status=ResponseStatus.SUBMITTED) | ~Q(source=TextSource.ANSWER)
    )
    if not rules.may_code_answers(user):
        return passages.none()
    return passages if rules.may_read_sensitive_answers(user) else passages.filter(sensitive=False)


def judgements_visible_to(user: rules.Anyone) -> JudgementQuerySet:
    """Everyone's judgements of the texts that one may see.

    Of texts in an open double coding one sees one's own alone: neither coder learns what the other found,
    and nobody else can tell them.
    """
    seen = Judgement.objects.filter(passage__in=passages_visible_to(user))
    return seen.filter(~Q(passage__in=being_double_coded()) | Q(coder=user.pk))


def being_double_coded() -> QuerySet[Passage]:
    return Passage.objects.filter(double_codings__closed_at__isnull=True, double_codings__isnull=False)


def blind_for(user: rules.Anyone) -> QuerySet[Passage]:
    """The texts of open samples that this person codes as the second."""
    return Passage.objects.filter(
        double_codings__in=DoubleCoding.objects.filter(closed_at__isnull=True, second_coder=user.pk)
    )


def is_blind(passage: Passage, user: rules.Anyone) -> bool:
    """Whether this person is the second coder of this text and the sample is still open."""
    return blind_for(user).filter(pk=passage.pk).exists()


def in_open_sample(passage: Passage) -> bool:
    return DoubleCoding.objects.filter(closed_at__isnull=True, passages=passage).exists()


def quotations_visible_to(user: rules.Anyone) -> QuerySet[Quotation]:
    """Quotations of the texts that one may see; not of those that one codes blind, for they name a theme."""
    visible = passages_visible_to(user).filter(pk=OuterRef("passage"))
    return Quotation.objects.filter(Exists(visible)).exclude(passage__in=blind_for(user))

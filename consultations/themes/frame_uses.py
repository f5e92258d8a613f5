"""Which codes of a frame texts carry, and for how many texts somebody may learn it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count

from .. import rules
from ..analysis.scope import whole_consultations_visible_to
from ..models import CodeFrame, Coding, Quotation
from .outlook import theme_protection
from .visibility import being_double_coded


def used_codes(frame: CodeFrame) -> set[int]:
    """The keys of codes that cannot be deleted any more."""
    given = Coding.objects.filter(code__frame=frame).order_by()
    chosen = Coding.objects.filter(given_as__frame=frame).order_by()
    quoted = Quotation.objects.filter(code__frame=frame).order_by()
    found = set(given.values_list("code", flat=True).distinct())
    found.update(chosen.values_list("given_as", flat=True).distinct())
    return found | set(quoted.values_list("code", flat=True).distinct())


def texts_by_code(frame: CodeFrame, user: rules.Anyone) -> Mapping[int, int] | None:
    """How many texts carry each code, none of an open double coding; ``None`` for who may not read them all.

    Numbers of a frame are sums over consultations. Beside the protected themes of one of them they would give
    away what is kept back there.
    """
    if not _reads_everything(frame, user):
        return None
    texts = Coding.objects.filter(code__frame=frame, judgement__counts=True).exclude(
        judgement__passage__in=being_double_coded()
    )
    found = texts.order_by().values_list("code").annotate(n=Count("judgement__passage", distinct=True))
    return dict(found)


def _reads_everything(frame: CodeFrame, user: rules.Anyone) -> bool:
    if not rules.may_code_answers(user):
        return False
    visible = set(whole_consultations_visible_to(user).values_list("pk", flat=True))
    uses = [use.consultation for use in frame.uses.select_related("consultation")]
    return all(each.pk in visible and not theme_protection(user, each).applies for each in uses)

"""Changing a code frame. A code that some text carries is never lost: it is retired, or merged."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..lifecycle import NotAllowed
from ..models import Code, CodeFrame, CodeFrameUse, Coding, Consultation, Quotation, Suggestion
from .frame_uses import used_codes
from .holding import hold
from .wording import codes_of


@transaction.atomic
def use(*, consultation: Consultation, frame: CodeFrame, questions: Iterable[str], by: User) -> None:
    """Code a consultation with this frame. Another one can be chosen as long as nothing was coded."""
    before = CodeFrameUse.objects.select_for_update().filter(consultation=consultation).first()
    other = before is not None and before.frame_id != frame.pk
    if other and Coding.objects.filter(judgement__passage__consultation=consultation).exists():
        raise NotAllowed(_("Texts were coded with another frame already. Merge or rename its codes instead."))
    CodeFrameUse.objects.update_or_create(
        consultation=consultation, defaults={"frame": frame, "questions": sorted(questions)}
    )
    audit.record("code_frame.chosen", target=consultation, by=by, frame=frame.slug)


@transaction.atomic
def save(*, code: Code, by: User) -> Code:
    """Add a code as the last of its siblings, or keep changes to one. Raises ``NotAllowed``."""
    hold(code.frame_id)
    is_new = code.pk is None
    if is_new:
        last = code.frame.codes.aggregate(last=Max("sort_order"))["last"]
        code.sort_order = 0 if last is None else last + 1
    else:
        _require_same_name(code)
    _require_place(code)
    # What others did to it since it was read (moved, retired, merged) stands.
    code.save(update_fields=None if is_new else _written(code))
    audit.record("code.added" if is_new else "code.changed", target=code, by=by)
    return code


@transaction.atomic
def move(*, code: Code, places: int, by: User) -> None:
    """Up (-1) or down (+1) among its siblings; at either end it stays where it is."""
    hold(code.frame_id)
    siblings = list(Code.objects.filter(frame=code.frame, parent=code.parent_id).order_by("sort_order", "pk"))
    keys = [sibling.pk for sibling in siblings]
    at = keys.index(code.pk)
    siblings.insert(max(0, at + places), siblings.pop(at))
    order = sorted(sibling.sort_order for sibling in siblings)
    strictly = [max(n, order[0] + place) for place, n in enumerate(order)]
    for sibling, sort_order in zip(siblings, strictly, strict=True):
        sibling.sort_order = sort_order
    Code.objects.bulk_update(siblings, ["sort_order"])
    audit.record("code.moved", target=code, by=by)


@transaction.atomic
def retire(*, code: Code, by: User) -> None:
    """No text gets it any more; those that have it keep it."""
    hold(code.frame_id)
    if Code.objects.in_use().filter(pk=code.pk).update(retired_at=timezone.now()):
        Suggestion.objects.filter(code=code).delete()
        audit.record("code.retired", target=code, by=by)


@transaction.atomic
def restore(*, code: Code, by: User) -> None:
    """Take a retired code back into use. What was merged stays where it went."""
    hold(code.frame_id)
    retired = Code.objects.filter(pk=code.pk, retired_at__isnull=False)
    if retired.update(retired_at=None, merged_into=None):
        audit.record("code.restored", target=code, by=by)


@transaction.atomic
def merge(*, code: Code, into: Code, by: User) -> int:
    """Give every text of one code the other, and retire the one. Returns how many codings changed.

    Each changed coding remembers what was chosen (``given_as``). Raises ``NotAllowed``.
    """
    hold(code.frame_id)
    _require_mergeable(*(Code.objects.select_related("frame").get(pk=each.pk) for each in (code, into)))
    moved = 0
    for coding in Coding.objects.filter(code=code):
        place = {"judgement": coding.judgement_id, "start": coding.start, "end": coding.end}
        if Coding.objects.filter(code=into, **place).exists():
            coding.delete()
            continue
        coding.code, coding.given_as = into, coding.given_as or code
        coding.save(update_fields=["code", "given_as"])
        moved += 1
    Quotation.objects.filter(code=code).update(code=into)
    Suggestion.objects.filter(code=code).delete()
    Code.objects.filter(pk=code.pk).update(retired_at=timezone.now(), merged_into=into)
    audit.record("code.merged", target=code, by=by, into=into.name, codings=moved)
    return moved


@transaction.atomic
def delete(*, code: Code, by: User) -> None:
    """Only a code that no text ever carried, with nothing below it. Raises ``NotAllowed``."""
    hold(code.frame_id)
    if is_used(code):
        raise NotAllowed(_("Texts carry this code. Retire it, or merge it into another."))
    if code.children.exists():
        raise NotAllowed(_("Other codes lie below this one. Move or delete them first."))
    audit.record("code.deleted", target=code, by=by)
    code.delete()


def is_used(code: Code) -> bool:
    return code.pk in used_codes(code.frame)


def _written(code: Code) -> list[str]:
    """The fields that people fill in, in all languages."""
    kept = {"id", "frame", "sort_order", "retired_at", "merged_into"}
    return [field.name for field in code._meta.concrete_fields if field.name not in kept]


def _require_same_name(code: Code) -> None:
    before = Code.objects.get(pk=code.pk)
    if before.name != code.name and is_used(before):
        raise NotAllowed(_("Texts carry this code, so its identifier stays: exports are joined by it."))


def _require_place(code: Code) -> None:
    if code.parent is None:
        return
    if code.parent.frame_id != code.frame_id:
        raise NotAllowed(_("The code above it belongs to another frame."))
    tree = codes_of(code.frame).tree
    fits = tree.fits(code.pk, code.parent.pk) if code.pk else tree.depth(code.parent.pk) < 2
    if not fits:
        raise NotAllowed(_("It cannot lie there: below itself, or deeper than three levels."))


def _require_mergeable(code: Code, into: Code) -> None:
    if into.pk == code.pk or into.frame_id != code.frame_id or into.is_retired:
        raise NotAllowed(_("Choose another code of this frame that is in use."))
    if code.children.exists():
        raise NotAllowed(_("Other codes lie below this one. Move or merge them first."))

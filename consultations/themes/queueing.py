"""Which text comes next: each is on one screen at a time, and skipping goes round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal import audit
from portal.models import User

from .. import rules
from ..enums import JudgementKind
from ..models import Consultation, DoubleCoding, Judgement, Passage
from ..models.passage import PassageQuerySet
from .visibility import being_double_coded, blind_for, passages_visible_to

# How long a text on somebody's screen is kept from the others.
CLAIMED = timedelta(minutes=15)
MINE, ANYONE = "mine", "anyone"
# Texts of somebody who has left are nobody's again.
NOBODYS = Q(assigned_to__isnull=True) | Q(assigned_to__is_active=False)


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to code: by source, answer, language; theirs, or anybody's."""

    source: str = ""
    answer: str = ""
    language: str = ""
    whose: str = ""

    def of(self, passages: PassageQuerySet, user: User) -> PassageQuerySet:
        """Without a word about whose, one's own come along with those that are nobody's."""
        fields = {"source": self.source, "answer": self.answer, "language": self.language}
        narrowed = passages.filter(**{name: value for name, value in fields.items() if value})
        if self.whose == ANYONE:
            return narrowed
        own = Q(assigned_to=user.pk)
        return narrowed.filter(own if self.whose == MINE else own | NOBODYS)


@dataclass(frozen=True)
class Progress:
    coded: int
    total: int
    doubtful: int

    @property
    def left(self) -> int:
        return self.total - self.coded

    @property
    def percent(self) -> int:
        return 100 * self.coded // self.total if self.total else 0


@transaction.atomic
def take_next(*, consultation: Consultation, wanted: Wanted, by: User, after: int = 0) -> Passage | None:
    """The next text that nobody coded, put aside for this person; behind ``after``, then from the front."""
    waiting = wanted.of(_waiting(consultation, by), by)
    mine_first = F("assigned_to").desc(nulls_last=True)
    free = waiting.filter(
        Q(claimed_by__isnull=True) | Q(claimed_by=by.pk) | Q(claimed_until__lt=timezone.now())
    )
    rows = free.select_for_update(of=("self",), skip_locked=True).order_by(mine_first, "pk")
    found = rows.filter(pk__gt=after).first() or rows.first()
    return _claimed(found, by)


@transaction.atomic
def take_next_blind(*, double: DoubleCoding, by: User, after: int = 0) -> Passage | None:
    """The next text of a sample that its second coder has not judged yet."""
    if double.second_coder_id != by.pk or not double.is_open:
        return None
    done = Judgement.objects.done().filter(coder=by, kind=JudgementKind.BLIND)
    rows = passages_visible_to(by).filter(double_codings=double).exclude(pk__in=done.values("passage"))
    return rows.filter(pk__gt=after).order_by("pk").first() or rows.order_by("pk").first()


def progress(consultation: Consultation, wanted: Wanted, user: User) -> Progress:
    """Over what one may see and wants to see."""
    passages = wanted.of(passages_visible_to(user).filter(consultation=consultation), user)
    coded = passages.coded()
    doubtful = coded.filter(judgements__counts=True, judgements__doubtful=True).exclude(
        pk__in=being_double_coded()
    )
    return Progress(coded.count(), passages.count(), doubtful.distinct().count())


def progress_blind(double: DoubleCoding) -> Progress:
    done = Judgement.objects.done().filter(
        coder=double.second_coder_id, kind=JudgementKind.BLIND, passage__double_codings=double
    )
    return Progress(done.count(), double.passages.count(), done.filter(doubtful=True).count())


@transaction.atomic
def share_out(*, consultation: Consultation, wanted: Wanted, among: list[User], by: User) -> int:
    """Give the texts that are nobody's and not coded to these coders in turn. Returns how many.

    Sensitive ones go to those of them who may read them, and stay nobody's where none may.
    """
    waiting = wanted.of(_waiting(consultation, by), by).filter(NOBODYS)
    trusted = [coder for coder in among if rules.may_read_sensitive_answers(coder)]
    turns = {False: cycle(among), True: cycle(trusted)}
    rows = list(waiting.order_by("pk").only("pk", "sensitive"))
    rows = [passage for passage in rows if trusted or not passage.sensitive]
    for passage in rows:
        passage.assigned_to = next(turns[passage.sensitive])
    Passage.objects.bulk_update(rows, ["assigned_to"], batch_size=500)
    audit.record("texts.shared_out", target=consultation, by=by, texts=len(rows), coders=len(among))
    return len(rows)


def by_kind(consultation: Consultation, user: User) -> Mapping[str, list[tuple[str, int]]]:
    """The values that the queue can be narrowed by, with how many texts there are."""
    passages = passages_visible_to(user).filter(consultation=consultation).order_by()
    found: dict[str, dict[str, int]] = {"source": {}, "answer": {}, "language": {}}
    for source, answer, language in passages.values_list("source", "answer", "language"):
        for name, value in (("source", source), ("answer", answer), ("language", language)):
            if value:
                found[name][value] = found[name].get(value, 0) + 1
    return {name: sorted(values.items()) for name, values in found.items()}


def _waiting(consultation: Consultation, user: User) -> PassageQuerySet:
    """Not coded so that it counts, and not finished by this very person."""
    own = Judgement.objects.done().filter(coder=user.pk)
    return (
        passages_visible_to(user)
        .filter(consultation=consultation)
        .uncoded()
        .exclude(pk__in=own.values("passage"))
        .exclude(pk__in=blind_for(user))
    )


def _claimed(passage: Passage | None, by: User) -> Passage | None:
    if passage is not None:
        Passage.objects.filter(pk=passage.pk).update(claimed_by=by, claimed_until=timezone.now() + CLAIMED)
    return passage

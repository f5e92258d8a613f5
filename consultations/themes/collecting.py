"""Finds the texts that can be coded, and drops those whose words are no longer there.

An answer is followed at once when its author changes it (``answering.traces``). Notes are written by staff
and corrected while others code them, so a note that changed keeps its codes and is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Trim
from django_q.tasks import async_task

from ..enums import NotePart, TextSource
from ..models import Coding, Consultation, Excerpt, Judgement, Passage, Quotation, Response, TopicNote
from ..models.passage import PassageQuerySet, digest_of
from ..models.response import ResponseQuerySet
from . import quotations, translations
from .open_answers import OpenAnswer, coded_answers, open_answers

BATCH = 500
# Whoever opens a screen again within these seconds does not put a second search into the queue.
PATIENCE = 30


def queue(consultation: Consultation) -> None:
    """Ask a worker to look for new texts; asked for again at once, it is one job."""
    if cache.add(f"passages-queued-{consultation.pk}", True, PATIENCE):
        transaction.on_commit(partial(async_task, "consultations.tasks.collect_passages", consultation.pk))


def collect(consultation: Consultation) -> int:
    """Add the texts that are new and drop those that are gone. Returns how many are new. Safe to repeat."""
    _follow_staff_texts(consultation)
    _mark_sensitive(consultation)
    quotations.sweep(consultation)
    return sum(_add(batch) for batch in _batches(_found(consultation)))


def _found(consultation: Consultation) -> Iterator[Passage]:
    for answer in coded_answers(consultation):
        yield from _answers(consultation, answer)
    yield from _notes(consultation)
    yield from _excerpts(consultation)


def _answers(consultation: Consultation, answer: OpenAnswer) -> Iterator[Passage]:
    known = Passage.objects.filter(response=OuterRef("pk"), answer=answer.name)
    new = Response.objects.submitted().filter(
        ~Exists(known), consultation=consultation, answers__has_key=answer.name
    )
    for response in _by_key(new.only("language", "answers")):
        yield Passage(
            consultation=consultation,
            source=TextSource.ANSWER,
            response=response,
            answer=answer.name,
            question=answer.question,
            language=response.language,
            sensitive=answer.sensitive,
        )


def _by_key(responses: ResponseQuerySet) -> Iterator[Response]:
    """A batch at a time, so that nothing is held open while passages are written."""
    rows = list(responses.order_by("pk")[:BATCH])
    while rows:
        yield from rows
        rows = list(responses.filter(pk__gt=rows[-1].pk).order_by("pk")[:BATCH])


def _notes(consultation: Consultation) -> Iterator[Passage]:
    written = TopicNote.objects.filter(session__group__consultation=consultation)
    for part in NotePart:
        known = Passage.objects.filter(note=OuterRef("pk"), part=part)
        new = written.annotate(length=Length(Trim(part.value))).filter(~Exists(known), length__gt=0)
        for note in new.order_by("pk"):
            yield Passage(
                consultation=consultation,
                source=TextSource.NOTE,
                note=note,
                part=part,
                language=note.language,
            )


def _excerpts(consultation: Consultation) -> Iterator[Passage]:
    """What participants said; the moderator's questions are no material."""
    said = Excerpt.objects.filter(session__group__consultation=consultation, is_moderator=False)
    for excerpt in said.filter(passage__isnull=True).order_by("pk"):
        yield Passage(
            consultation=consultation, source=TextSource.EXCERPT, excerpt=excerpt, language=excerpt.language
        )


def _batches(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    batch: list[Passage] = []
    for passage in passages:
        text = passage.text
        if not text:
            continue
        passage.digest = digest_of(text)
        batch.append(passage)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


@transaction.atomic
def _add(batch: Sequence[Passage]) -> int:
    """Two workers at once: what one of them stored already is left alone."""
    before = Passage.objects.count()
    Passage.objects.bulk_create(batch, ignore_conflicts=True)
    return Passage.objects.count() - before if batch else 0


@transaction.atomic
def _follow_staff_texts(consultation: Consultation) -> None:
    of_staff: PassageQuerySet = Passage.objects.filter(
        ~Q(source=TextSource.ANSWER), consultation=consultation
    )
    changed = [passage for passage in of_staff.with_texts() if not passage.is_current]
    gone = [passage.pk for passage in changed if not passage.text]
    Passage.objects.filter(pk__in=gone).delete()
    for passage in changed:
        if passage.pk not in gone:
            _take_new_words(passage)


def _take_new_words(passage: Passage) -> None:
    """Places in the old words mean nothing in the new ones: codes stay on the whole text, as doubtful."""
    codings = Coding.objects.filter(judgement__passage=passage, start__isnull=False)
    for judgement, code in set(codings.values_list("judgement", "code")):
        Coding.objects.get_or_create(judgement_id=judgement, code_id=code, start=None, end=None)
    codings.delete()
    Quotation.objects.filter(passage=passage).delete()
    translations.outdate(passage)
    Judgement.objects.filter(passage=passage).update(doubtful=True, revision=F("revision") + 1)
    Passage.objects.filter(pk=passage.pk).update(digest=digest_of(passage.text))


def _mark_sensitive(consultation: Consultation) -> None:
    """Once a question is sensitive, texts that were collected before are, too."""
    names = [answer.name for answer in open_answers(consultation) if answer.sensitive]
    Passage.objects.filter(consultation=consultation, answer__in=names, sensitive=False).update(
        sensitive=True
    )

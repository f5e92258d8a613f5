"""Suggestions of codes: asked for on a page, made by a worker on this machine, confirmed by people.

Nothing is sent anywhere and no model is kept: a training reads what counts today, writes its proposals beside
the texts, and forgets what it learned. What hangs on a text goes with the text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import partial

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django_q.tasks import async_task

from portal import audit
from portal.models import User

from ..analysis.words import stop_words
from ..enums import TrainingStatus
from ..models import Consultation, Passage, Suggestion, Training
from . import learning
from .learning import Learned, TooLittle
from .spelling import as_written, spellings
from .tallies import codes_by_text, counted, standing
from .terms import term_groups
from .wording import codes_of, frame_of

log = structlog.get_logger(__name__)

# How often results are written before somebody has to ask again.
ATTEMPTS = 3


@transaction.atomic
def ask(*, consultation: Consultation, by: User | None) -> Training:
    """Put a training into the queue; asked for again while one waits, it is that one."""
    Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    waiting = Training.objects.filter(consultation=consultation, status=TrainingStatus.QUEUED).first()
    if waiting is not None:
        return waiting
    last = Training.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"] or 0
    training = Training.objects.create(consultation=consultation, number=last + 1, asked_by=by)
    audit.record("suggestions.asked", target=training, by=by)
    transaction.on_commit(partial(async_task, "consultations.tasks.train_suggestions", training.pk))
    return training


def run(training_id: int) -> None:
    """Learn and suggest. Returns quietly when the training is gone or was done before."""
    rows = Training.objects.select_related("consultation").filter(status=TrainingStatus.QUEUED)
    training = rows.filter(pk=training_id).first()
    if training is None:
        return
    try:
        _train(training)
    except Exception:
        # The person reads a sentence; what happened is in the log.
        log.exception("training_failed", training=training.pk)
        _finish(training, TrainingStatus.FAILED)


def newest(consultation: Consultation) -> Training | None:
    return Training.objects.filter(consultation=consultation).first()


def learned_from(consultation: Consultation) -> tuple[list[Passage], list[frozenset[int]]]:
    """The coded texts, and the codes in use that count for each; none of an open double coding."""
    coded = [p for p in counted(consultation).coded().with_texts().order_by("pk") if p.text]
    given, live = codes_by_text(consultation), _live_codes(consultation)
    return coded, [frozenset(given.get(passage.pk, set()) & live) for passage in coded]


def _train(training: Training) -> None:
    consultation = training.consultation
    coded, codes = learned_from(consultation)
    new = [p for p in standing(consultation).uncoded().with_texts().order_by("pk") if p.text]
    training.texts = len(coded)
    # Read by every coder, so without the words of answers that only some may read.
    plain = [passage.text for passage in new if not passage.sensitive]
    training.term_groups = term_groups(plain, stop=stop_words())
    texts, others = [p.text for p in coded], [p.text for p in new]
    try:
        learned = learning.learn(texts, codes, others, stop=stop_words())
    except TooLittle:
        _finish(training, TrainingStatus.TOO_LITTLE)
        return
    training.quality = learning.as_json(learned.quality)
    training.digest = _digest(texts, codes, new, learned)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _store(training, coded, new, learned)
        except IntegrityError:
            # An author took an answer back, or a code was deleted, while this was written.
            if attempt == ATTEMPTS:
                raise
        else:
            return


@transaction.atomic
def _store(training: Training, coded: Sequence[Passage], new: Sequence[Passage], learned: Learned) -> None:
    """Take the place of earlier suggestions. A text that was taken back meanwhile gets none."""
    there = set(standing(training.consultation).values_list("pk", flat=True))
    live = _live_codes(training.consultation)
    Suggestion.objects.filter(passage__consultation=training.consultation).delete()
    Suggestion.objects.bulk_create(
        (
            Suggestion(
                training=training,
                passage=passage,
                code_id=proposal.code,
                score=proposal.score,
                because=as_written(proposal.because, spellings([passage.text])),
            )
            for passage, proposals in zip(new, learned.proposals, strict=True)
            for proposal in proposals
            if passage.pk in there and proposal.code in live
        ),
        batch_size=500,
    )
    for passage, places in zip(new, learned.similar, strict=True):
        passage.similar = [coded[at].pk for at in places]
    Passage.objects.bulk_update([p for p in new if p.pk in there], ["similar"], batch_size=500)
    _finish(training, TrainingStatus.DONE)


def _finish(training: Training, status: TrainingStatus) -> None:
    training.status, training.finished_at = status, timezone.now()
    training.save()


def _live_codes(consultation: Consultation) -> set[int]:
    frame = frame_of(consultation)
    return {theme.code.pk for theme in codes_of(frame).in_use} if frame else set()


def _digest(
    texts: Sequence[str], codes: Sequence[frozenset[int]], new: Sequence[Passage], learned: Learned
) -> str:
    came_out = [[(p.code, p.score) for p in proposals] for proposals in learned.proposals]
    went_in = [[text, sorted(given)] for text, given in zip(texts, codes, strict=True)]
    document = json.dumps([went_in, [passage.digest for passage in new], came_out], ensure_ascii=False)
    return hashlib.sha256(document.encode()).hexdigest()

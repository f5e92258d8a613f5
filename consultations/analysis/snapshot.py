"""The frame, kept as a file that every process reads, and brought up to date by reading only what changed.

Each response has a mark: kept, changed, or the ticket of whoever reads it (``SnapshotMark``).
A refresh takes a new ticket, marks with it everything that is not kept, reads that, writes a new file and, in
one transaction, names the file in ``AnswerSnapshot`` and takes its marks off. What is sent again meanwhile is
marked as changed anew and so waits for the next refresh. Two refreshes at once do no harm: the second to end
finds that the number of the snapshot grew, throws its file away and leaves its marks for the next one.
"""

from __future__ import annotations

import hashlib
import io
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from threading import Lock

import polars as pl
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django_q.tasks import async_task

from ..enums import ResponseStatus
from ..models import AnswerSnapshot, Consultation, QuestionnaireVersion, Response, SnapshotMark
from ..models.answer_snapshot import private_storage
from ..models.response import SnapshotMarkQuerySet
from . import reading
from .building import frame_of
from .frame import DAY, ID, VERSION, Frame, joined, of_table

# Frames that a process holds. One of 100,000 responses to 32 questions takes about 60 MB.
KEPT = 3
# Somebody who asks again within these seconds does not put a second refresh into the queue.
PATIENCE = 20
# Below so many rows it does not matter which way a refresh goes, nor when.
MANY = 1_000
# What the file says about itself: the keys of the versions that were answered, newest first.
VERSIONS = "versions"

_kept: OrderedDict[str, Frame] = OrderedDict()
_lock = Lock()


def available(consultation: Consultation) -> Frame | None:
    """The frame as it was last kept, in milliseconds when this process read it before.

    Never builds: where there is none yet, or newer answers wait, a worker is asked for it and the caller
    gets what there is (``None`` before the first time).
    """
    if is_behind(consultation):
        queue(consultation)
    for _attempt in range(2):
        snapshot = AnswerSnapshot.objects.filter(pk=consultation.pk).exclude(file="").first()
        if snapshot is None:
            return None
        try:
            return _open(snapshot)
        except FileNotFoundError:
            # Replaced between the row and the file; or lost, and then it has to be built again.
            continue
    queue(consultation)
    return None


def is_behind(consultation: Consultation) -> bool:
    """Whether answers were sent, changed or withdrawn since the snapshot was made, or there is none."""
    waiting = SnapshotMark.objects.waiting().filter(consultation=consultation)
    return waiting.exists() or not AnswerSnapshot.objects.filter(pk=consultation.pk).exists()


def queue(consultation: Consultation) -> None:
    """Ask a worker to refresh, once the transaction is through; asked for again at once, it is one job."""
    if cache.add(f"snapshot-queued-{consultation.pk}", True, PATIENCE):
        transaction.on_commit(partial(async_task, "consultations.tasks.refresh_snapshot", consultation.pk))


def read_ahead() -> None:
    """Put those into the queue for whom a thousand answers or more wait.

    An export of a hundred thousand answers takes a second from a frame that stands, and six from none.
    """
    waiting = SnapshotMark.objects.waiting().values("consultation").annotate(count=Count("pk"))
    for consultation in Consultation.objects.filter(
        pk__in=waiting.filter(count__gte=MANY).values("consultation")
    ):
        queue(consultation)


def refresh(consultation: Consultation) -> Frame:
    """Bring the snapshot up to date and return its frame. For workers and commands, never in a request.

    Raises what ``building.build`` raises; the snapshot then stays as it was.
    """
    snapshot, ticket = _begin(consultation)
    frame = _changed(consultation, snapshot, ticket)
    if frame is None or frame.table.height != _expected(consultation, ticket):
        # Another set of versions, a lost file, or rows that were deleted by hand: read everything.
        frame = _whole(consultation)
    return _keep(snapshot, frame, ticket)


def forget() -> None:
    """Empty this process's memory of frames."""
    with _lock:
        _kept.clear()


@transaction.atomic
def _begin(consultation: Consultation) -> tuple[AnswerSnapshot, int]:
    AnswerSnapshot.objects.get_or_create(consultation=consultation)
    AnswerSnapshot.objects.filter(pk=consultation.pk).update(last_ticket=F("last_ticket") + 1)
    snapshot = AnswerSnapshot.objects.get(pk=consultation.pk)
    _mark(consultation, snapshot.last_ticket)
    return snapshot, snapshot.last_ticket


def _mark(consultation: Consultation, ticket: int) -> None:
    SnapshotMark.objects.waiting().filter(consultation=consultation).update(ticket=ticket)


def _whole(consultation: Consultation) -> Frame:
    versions = reading.answered_versions(consultation)
    return of_table(_in_order(frame_of(versions, reading.stream(consultation, versions)).table), versions)


def _in_order(table: pl.DataFrame) -> pl.DataFrame:
    """By day and id, a column after the other: sorting the whole at once would take its memory twice."""
    places = table.select(pl.arg_sort_by(DAY, ID)).to_series()
    cells = table.get_columns()
    del table
    for number, column in enumerate(cells):
        cells[number] = column.rechunk().gather(places)
    return pl.DataFrame(cells)


def _marked(consultation: Consultation, ticket: int) -> SnapshotMarkQuerySet:
    return SnapshotMark.objects.waiting().filter(consultation=consultation, ticket=ticket)


def _expected(consultation: Consultation, ticket: int) -> int:
    """How many were sent and are kept or marked. Two small indexes answer it; no row is read but the few."""
    sent = Response.objects.submitted().filter(consultation=consultation).count()
    waiting = SnapshotMark.objects.waiting().filter(consultation=consultation).exclude(ticket=ticket)
    return sent - waiting.filter(response__status=ResponseStatus.SUBMITTED).count()


def _changed(consultation: Consultation, snapshot: AnswerSnapshot, ticket: int) -> Frame | None:
    """What was kept, with the marked responses in place of their older selves; ``None``: cannot be had."""
    if not snapshot.file:
        return None
    try:
        before = _open(snapshot)
    except FileNotFoundError:
        return None
    marked = list(_marked(consultation, ticket).values_list("pk", flat=True))
    if len(marked) > before.table.height > MANY:
        return None  # Reading everything in one go is the shorter way.
    new = frame_of(before.versions, reading.some(marked, before.versions)).table
    gone = pl.Series([str(key) for key in marked], dtype=pl.String)
    table = _with_new(_without(before.table, gone), new)
    same_versions = set(table[VERSION].unique()) == {version.number for version in before.versions}
    return of_table(table, before.versions) if same_versions else None


def _without(table: pl.DataFrame, gone: pl.Series) -> pl.DataFrame:
    """Most of the time those that were marked are new, and nothing has to be copied."""
    known = table[ID].is_in(gone.implode())
    return table.filter(~known) if known.any() else table


def _with_new(table: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Both in order; what lies before the first new day is in order already."""
    if new.is_empty():
        return table
    before = int((table[DAY] < new[DAY].min()).sum())
    return joined([table.head(before), joined([table.slice(before), new]).sort(DAY, ID)])


def _keep(snapshot: AnswerSnapshot, frame: Frame, ticket: int) -> Frame:
    """Write the file, then name it and take the marks off, all or nothing."""
    old = snapshot.file.name
    name = _write(snapshot, frame)
    with transaction.atomic():
        switched = AnswerSnapshot.objects.filter(pk=snapshot.pk, number=snapshot.number).update(
            number=snapshot.number + 1,
            file=name,
            rows=frame.table.height,
            versions=_digest(frame.versions),
            made_at=timezone.now(),
        )
        if switched:
            _marked(snapshot.consultation, ticket).update(ticket=SnapshotMark.KEPT)
    if switched:
        _remember(name, frame)
    if old or not switched:
        private_storage().delete(old if switched else name)
    return frame


def _write(snapshot: AnswerSnapshot, frame: Frame) -> str:
    """A file that never changes, under a name that says what it holds and that nobody guesses."""
    content = io.BytesIO()
    versions = {VERSIONS: " ".join(str(version.pk) for version in frame.versions)}
    frame.table.write_parquet(content, compression="lz4", statistics=False, metadata=versions)
    data = content.getvalue()
    digest = hashlib.sha256(data).hexdigest()[:32]
    name = f"snapshots/{snapshot.pk}-{snapshot.number + 1}-{digest}.parquet"
    return private_storage().save(name, ContentFile(data))


def _open(snapshot: AnswerSnapshot) -> Frame:
    """Raises ``FileNotFoundError``."""
    name = snapshot.file.name
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    with private_storage().open(name) as file:
        content = io.BytesIO(file.read())
    keys = [int(key) for key in pl.read_parquet_metadata(content)[VERSIONS].split()]
    content.seek(0)
    frame = of_table(pl.read_parquet(content), reading.versions_of(keys))
    _remember(name, frame)
    return frame


def _remember(name: str, frame: Frame) -> None:
    with _lock:
        _kept[name] = frame
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def _digest(versions: Sequence[QuestionnaireVersion]) -> str:
    return hashlib.sha256(" ".join(f"{v.pk}:{v.digest}" for v in versions).encode()).hexdigest()

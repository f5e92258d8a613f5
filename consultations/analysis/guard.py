"""Which filters may be shown to somebody without the right to single responses.

Figures of two filters can be subtracted. What was shown once is known for ever, to whoever sees the same
rows: so filters that were shown are kept, and a new one is refused where some sum or difference of what was
shown (everybody, earlier filters, counts of the questions that they read) would be about fewer people than
the minimum. ADR 0031 has the reasoning and what it does not promise.

The people of a consultation fall apart into atoms: those who are in the same selections. A sum of
selections, each times any number, is about the people of the atoms where it is not zero. One that is about
small atoms alone exists exactly if the rank of the matrix (selections by atoms) falls when the small atoms
are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _

from .. import rules
from ..instrument.columns import ColumnType
from ..models import Consultation, ReleasedFilter
from . import axes
from .filters import (
    EVERYTHING,
    WITHOUT_VALUES,
    Filter,
    FilterError,
    conditions,
    digest,
    from_query,
    to_query,
)
from .frame import Frame
from .protected_tables import hidden_along
from .protection import Protection
from .scope import scope_of
from .selecting import CONTEXT, mask, questions_of


def permitted_mask(
    user: rules.Anyone, consultation: Consultation, frame: Frame, tree: Filter
) -> pl.Series | None:
    """The rows of a filter over ``frame_visible_to``; ``None`` means all of them.

    Raises :class:`FilterError`, which says why to a person: where the filter does not fit, reads what the
    person may not read, or would tell of few people.
    """
    if tree == EVERYTHING:
        return None
    scope = scope_of(user, consultation)
    if scope or not rules.may_read_sensitive_answers(user):
        _refuse_sensitive(frame, tree)
    rows = mask(frame, tree)
    if scope or not rules.may_read_single_responses(user):
        _refuse_texts(frame, tree)
        _release(consultation, scope, frame, tree, rows)
    return rows


def printed_mask(
    user: rules.Anyone, consultation: Consultation, frame: Frame, tree: Filter
) -> pl.Series | None:
    """The rows of a filter for a document. It is passed on, so that whoever asks for it, the filter counts
    as shown, and is refused where it would tell of few people (ADR 0054). Raises :class:`FilterError`.
    """
    if tree == EVERYTHING:
        return None
    if not rules.may_read_sensitive_answers(user):
        _refuse_sensitive(frame, tree)
    _refuse_texts(frame, tree)
    rows = mask(frame, tree)
    _release(consultation, scope_of(user, consultation), frame, tree, rows)
    return rows


def _refuse_sensitive(frame: Frame, tree: Filter) -> None:
    read = questions_of(frame, tree)
    if any(v.is_sensitive for v in frame.variables if v.column.question in read):
        raise FilterError(_("The filter reads a sensitive question, which you may not read."))


def _refuse_texts(frame: Frame, tree: Filter) -> None:
    """Words single people out as nothing else does."""
    texts = {v.column.name for v in frame.variables if v.column.type is ColumnType.TEXT}
    if any(c.field in texts and c.operator not in WITHOUT_VALUES for c in conditions(tree)):
        raise FilterError(_("Only who may read single responses can filter by the words of a text."))


@transaction.atomic
def _release(consultation: Consultation, scope: str, frame: Frame, tree: Filter, rows: pl.Series) -> None:
    """Keep a filter as shown. One after the other: two at once could be harmless each, and not together."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    minimum = consultation.minimum_cell
    released = ReleasedFilter.objects.filter(consultation=consultation, scope=scope)
    key = digest(tree)
    chosen = int(rows.sum())
    # The same filter again: new answers may have brought it below the minimum, so its size is looked at anew.
    if _is_small(chosen, minimum) or _is_small(frame.table.height - chosen, minimum, nobody=True):
        raise FilterError(_too_few(minimum))
    earlier = [found for row in released if (found := _earlier(frame, row)) is not None]
    if key not in {row.digest for row in released}:
        if tells(frame, [each for _tree, each in earlier], rows, _read_by(frame, tree, earlier), minimum):
            raise FilterError(_too_few(minimum))
        ReleasedFilter.objects.create(
            consultation=consultation, scope=scope, digest=key, expression=to_query(tree)
        )


def _is_small(count: int, minimum: int, *, nobody: bool = False) -> bool:
    return count < minimum and not (nobody and count == 0)


def _too_few(minimum: int) -> str:
    return _(
        "This filter is not shown: by itself, or together with what was shown before, it would tell of fewer"
        " than %(minimum)s people. Choose a wider one."
    ) % {"minimum": minimum}


def _earlier(frame: Frame, row: ReleasedFilter) -> tuple[Filter, pl.Series] | None:
    """A filter that no longer fits the questionnaire is of nobody."""
    try:
        tree = from_query(row.expression)
        return tree, mask(frame, tree)
    except FilterError:
        return None


def _read_by(frame: Frame, tree: Filter, earlier: Sequence[tuple[Filter, pl.Series]]) -> set[str]:
    """The fields that any of the filters reads, as tables call them."""
    trees = [tree, *(each for each, _rows in earlier)]
    questions = set().union(*(questions_of(frame, each) for each in trees))
    about = {c.field for each in trees for c in conditions(each) if c.field in CONTEXT}
    named = {v.column.question: v for v in frame.variables}
    return (about & set(axes.ABOUT)) | {
        field for field, _label in axes.fields(frame) if _question_of(frame, field) in questions & set(named)
    }


def _question_of(frame: Frame, field: str) -> str:
    names = (v.column.question for v in frame.variables if field in (v.column.name, v.column.question))
    return next(names, "")


def tells(
    frame: Frame, earlier: Sequence[pl.Series], new: pl.Series, fields: Iterable[str], minimum: int
) -> bool:
    """Whether the figures of a new selection, with all earlier ones, would tell of fewer than the minimum.

    ``fields`` are those whose counts are known exactly from their tallies; of these only numbers of people
    are known, so that only what the new selection adds to them counts.
    """
    everybody = pl.Series([True]).new_from_index(0, len(new))
    shown = [everybody, *earlier]
    if _few([*shown, new], minimum):
        return True
    counted = [rows for field in sorted(fields) for rows in _categories(frame, field, minimum)]
    return _few([*shown, *counted, new], minimum) > _few([*shown, *counted], minimum)


def _few(selections: Sequence[pl.Series], minimum: int) -> int:
    """How many independent sums of the selections are about small atoms alone."""
    table = pl.DataFrame([rows.alias(str(place)) for place, rows in enumerate(selections)])
    atoms = table.group_by(table.columns).len("people")
    matrix = atoms.select(table.columns).to_numpy().astype(np.float64)
    large = matrix[(atoms["people"] >= minimum).to_numpy()]
    return _rank(matrix) - _rank(large)


def _rank(matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> int:
    return int(np.linalg.matrix_rank(matrix)) if matrix.size else 0


def _categories(frame: Frame, field: str, minimum: int) -> list[pl.Series]:
    """The rows of each category whose count a tally shows."""
    coded = axes.coded(frame, field)
    hidden = hidden_along(coded.axis, frame.table.height, Protection(minimum))
    places = [place for place in range(len(coded.axis.categories)) if place not in hidden]
    if coded.axis.overlaps:
        return [pl.Series(coded.members[place]) for place in places]
    return [pl.Series(coded.codes == place) for place in places if coded.axis.categories[place].count]

"""Columns beside the answers: a weight for each response, and the themes that its texts were given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..analysis.axes import NoAxisError
from ..analysis.frame import ID, Frame
from ..analysis.schemes import weights_of
from ..instrument.kinds import Level
from ..models import Consultation, Passage
from ..themes.tallies import FLAG, code_columns
from ..themes.wording import codes_of, frame_of
from .options import Options, Refused

WEIGHT = "response.weight"


@dataclass(frozen=True)
class Extra:
    """A column of the table that belongs to no question. Flags hold 1, 0, or nothing."""

    name: str
    label: str
    is_flag: bool = False

    @property
    def level(self) -> Level:
        return Level.NOMINAL if self.is_flag else Level.SCALE


def with_extras(
    frame: Frame, consultation: Consultation, options: Options
) -> tuple[Frame, tuple[Extra, ...]]:
    """The frame with what was asked for beside its answers. Over all responses, before any filter.

    Raises ``Refused``.
    """
    table, extras = frame.table, list[Extra]()
    if options.weighting is not None:
        table = table.with_columns(_weights(frame, options).alias(WEIGHT))
        label = _("Weight (%(name)s); its mean over all responses is 1") % {"name": options.weighting.name}
        extras.append(Extra(WEIGHT, label))
    if options.with_codes:
        _require_no_sensitive(frame, consultation, options)
        columns = code_columns(frame, consultation).drop(ID)
        table = pl.concat([table, columns], how="horizontal")
        extras += _themes(consultation, columns.columns)
    return Frame(table, frame.variables, frame.versions), tuple(extras)


def _weights(frame: Frame, options: Options) -> pl.Series:
    if options.weighting is None:
        return pl.Series([], dtype=pl.Float64)
    try:
        return weights_of(frame, options.weighting)
    except NoAxisError as error:
        raise Refused(
            gettext_lazy("The weighting names a question that the questionnaire does not have.")
        ) from error


def _require_no_sensitive(frame: Frame, consultation: Consultation, options: Options) -> None:
    """A theme says what an answer is about: of a sensitive answer that is sensitive, too."""
    hidden = {variable.column.question for variable in frame.variables if variable.is_sensitive}
    if options.sensitive or not hidden:
        return
    if Passage.objects.filter(consultation=consultation, question__in=hidden).exists():
        raise Refused(gettext_lazy("Themes were given to sensitive answers, which you may not read."))


def _themes(consultation: Consultation, names: Sequence[str]) -> Iterator[Extra]:
    frame = frame_of(consultation)
    codes = codes_of(frame) if frame else None
    labels = {f"{FLAG}{code.name}": codes.path(code.pk) for code in codes.rows} if codes else {}
    for name in names:
        said = _("Theme of the texts: %(theme)s") % {"theme": labels.get(name, name)}
        yield Extra(name, said, is_flag=True)

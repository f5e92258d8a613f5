"""What goes into a file: the answers as they are shown, the codebook, and what the file is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from django.utils.translation import get_language_info, gettext_lazy, override
from django.utils.translation import gettext as _

from ..analysis import frame as frames
from ..analysis import snapshot
from ..analysis.building import Progress
from ..analysis.filters import EVERYTHING, FilterError
from ..analysis.frame import Frame, Variable
from ..analysis.selecting import mask, questions_of
from ..enums import CellValues, Channel
from ..instrument.columns import ColumnRole, ColumnType
from ..instrument.definition import QuestionKind, text_in
from ..instrument.kinds import ACKNOWLEDGED
from ..models import Consultation
from .about import about
from .codebook import codebook
from .dataset import NO_WORD, Dataset, dataset
from .extras import Extra, with_extras
from .options import Options


@dataclass(frozen=True)
class Export:
    """The sheets of an export with their titles, the answers first, and the frame that they come from."""

    sheets: Mapping[str, pl.DataFrame]
    language: str
    frame: Frame
    title: str
    extras: tuple[Extra, ...] = ()

    @property
    def responses(self) -> pl.DataFrame:
        return next(iter(self.sheets.values()))

    @property
    def codebook(self) -> pl.DataFrame:
        return list(self.sheets.values())[1]

    def dataset(self, *, longest: int, reserved: re.Pattern[str] = NO_WORD) -> Dataset:
        """For statistics programs: names have at most ``longest`` characters and are not ``reserved``."""
        with override(self.language):
            return dataset(
                self.frame,
                self.extras,
                title=self.title,
                language=self.language,
                longest=longest,
                reserved=reserved,
            )


def make(consultation: Consultation, options: Options, *, on_progress: Progress | None = None) -> Export:
    """Lay out the sent responses that the filter lets through, with words in the export's language.

    For workers and commands: the snapshot is brought up to date first. Raises ``FilterError``.
    """
    whole = snapshot.refresh(consultation)
    if on_progress:
        on_progress(whole.table.height)
    with override(options.language):
        more, extras = with_extras(whole, consultation, options)
        frame = permitted(chosen(more, options), extras, sensitive=options.sensitive)
        sheets = {
            _("Responses"): responses(frame, options),
            _("Codebook"): codebook(frame, options.language, extras),
            _("About this file"): about(frame, consultation, options),
        }
        title = str(consultation.title)
    return Export(sheets, options.language, frame, title, extras)


def chosen(frame: Frame, options: Options) -> Frame:
    """The responses that the filter lets through. Raises ``FilterError``."""
    if options.filter == EVERYTHING:
        return frame
    if not options.sensitive:
        read = questions_of(frame, options.filter)
        if any(variable.is_sensitive for variable in frame.variables if variable.question.name in read):
            raise FilterError(gettext_lazy("The filter reads a sensitive question, which you may not read."))
    return Frame(frame.table.filter(mask(frame, options.filter)), frame.variables, frame.versions)


def permitted(frame: Frame, extras: Sequence[Extra] = (), *, sensitive: bool) -> Frame:
    """The frame without the sensitive questions, unless they are asked for."""
    if sensitive:
        return frame
    shown = tuple(variable for variable in frame.variables if not variable.is_sensitive)
    names = [*frames.ABOUT_THE_RESPONSE, *(variable.column.name for variable in shown)]
    names += [extra.name for extra in extras]
    return Frame(frame.table.select(names), shown, frame.versions)


def responses(frame: Frame, options: Options) -> pl.DataFrame:
    """The answers, with codes or with the labels that people read."""
    if options.values is CellValues.CODES:
        return frame.table
    with override(options.language):
        named = [
            _about_in_words(frames.LANGUAGE, _languages(frame)),
            _about_in_words(frames.CHANNEL, _channels()),
        ]
        labelled = [
            _in_words(variable, options.language) for variable in frame.variables if _is_named(variable)
        ]
    return frame.table.with_columns(*named, *labelled)


def _is_named(variable: Variable) -> bool:
    return variable.column.type is ColumnType.NAME and variable.column.role is ColumnRole.VALUE


def _in_words(variable: Variable, language: str) -> pl.Expr:
    """Labels in place of codes; a code without a label, or on no list, stays as it is."""
    if variable.question.kind is QuestionKind.ACKNOWLEDGE:
        # Its label is the whole text that was agreed to.
        return pl.col(variable.column.name).replace({ACKNOWLEDGED: _("Agreed")})
    default = variable.newest.definition.default_language
    labels = {name: text_in(code.label, language, default) or name for name, code in variable.codes.items()}
    return pl.col(variable.column.name).replace(labels)


def _about_in_words(name: str, words: Mapping[str, str]) -> pl.Expr:
    return pl.col(name).replace(dict(words))


def _languages(frame: Frame) -> dict[str, str]:
    codes = frame.table[frames.LANGUAGE].unique()
    return {code: str(get_language_info(code)["name_translated"]) for code in codes}


def _channels() -> dict[str, str]:
    return {channel.value: str(channel.label) for channel in Channel}

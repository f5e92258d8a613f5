"""Which part of the answers concerns a member of staff: everything, their unit's, their office's district.

Whoever may see every unit has no bounds. A unit sees the consultations that it owns, an office of every
consultation that people have been asked the answers from its district. Nobody learns from an address that
something exists beyond their bounds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import polars as pl
from django.db.models import Exists, Q, QuerySet

from communities.models import ConsularDistrict, ConsularOffice
from portal.models import User

from .. import rules
from ..enums import ConsultationStatus
from ..instrument.columns import ColumnRole
from ..instrument.definition import Question, QuestionKind
from ..models import Consultation
from . import snapshot
from .frame import DAY, Frame
from .released import settled

OFFICE_LISTS = ("office", "offices", "consular_office")
COUNTRY_LISTS = ("country", "countries")


NARROWED, MOST_NARROWED = "frames of some rows", 3


@dataclass(frozen=True)
class District:
    """An office as an answer names it, and the countries that it serves whole, in both spellings."""

    offices: frozenset[str]
    countries: frozenset[str]


def consultations_visible_to(user: rules.Anyone) -> QuerySet[Consultation]:
    """Those whose results are this person's business, for those who work with any."""
    every = Consultation.objects.select_related("unit")
    if not rules.may_see_consultations(user):
        return every.none()
    if rules.may_see_every_unit(user):
        return every
    return every.filter(_own(user) | _of_district(user)).distinct()


def whole_consultations_visible_to(user: rules.Anyone) -> QuerySet[Consultation]:
    """Those whose answers concern this person from the first to the last, for exports."""
    every = Consultation.objects.select_related("unit")
    if not (rules.may_see_consultations(user) or rules.may_export_responses(user)):
        return every.none()
    return every if rules.may_see_every_unit(user) else every.filter(_own(user))


def frame_visible_to(user: rules.Anyone, consultation: Consultation) -> Frame | None:
    """The rows that concern a person; ``None`` while there is no snapshot yet, or nothing concerns them.

    Never builds one: see ``snapshot.available``. Without the right to single responses the newest answers are
    missing until there are enough of them (``released.settled``).
    """
    if not consultations_visible_to(user).filter(pk=consultation.pk).exists():
        return None
    frame = snapshot.available(consultation)
    return None if frame is None else frame_for(user, consultation, frame)


def frame_for(user: rules.Anyone, consultation: Consultation, frame: Frame) -> Frame:
    """The rows of a frame that concern a person. Protection is another matter: ``disclosure.py``."""
    is_of_district = not rules.may_see_every_unit(user) and not _owns(user, consultation)
    if is_of_district:
        frame = narrowed(frame, in_district(frame, district_of(user)))
    elif rules.may_read_single_responses(user):
        return frame
    return narrowed(frame, settled(frame.table[DAY], consultation.minimum_cell))


def scope_of(user: rules.Anyone, consultation: Consultation) -> str:
    """A name for the rows that a person sees: who sees the same shares what was shown (``guard.py``)."""
    if rules.may_see_every_unit(user) or _owns(user, consultation):
        return ""
    return sha256(" ".join(sorted(district_of(user).offices)).encode()).hexdigest()


def narrowed(frame: Frame, rows: pl.Series) -> Frame:
    """A frame with some of its rows; itself where it keeps all.

    The last few are kept with the frame: whoever sees the same rows shares what was worked out over them.
    """
    if rows.all():
        return frame
    kept: OrderedDict[str, Frame] = frame.figures.setdefault(NARROWED, OrderedDict())
    key = sha256(rows.to_numpy().tobytes()).hexdigest()
    found = kept.pop(key, None) or Frame(frame.table.filter(rows), frame.variables, frame.versions)
    kept[key] = found
    while len(kept) > MOST_NARROWED:
        kept.popitem(last=False)
    return found


def district_of(user: rules.Anyone) -> District:
    offices = ConsularOffice.objects.filter(staff__user=user.pk)
    whole = ConsularDistrict.objects.on().filter(office__in=offices, region="")
    codes = {code for code in whole.values_list("country", flat=True) if code}
    names = frozenset(office.choice_name for office in offices)
    return District(names, frozenset(codes | {code.lower() for code in codes}))


def in_district(frame: Frame, district: District) -> pl.Series:
    """For each row, whether its answer names the office; without such an answer, a country that it serves."""
    office = _first_answer(frame, is_office).is_in(sorted(district.offices))
    country = _first_answer(frame, is_country)
    unnamed = _first_answer(frame, is_office).is_null()
    chosen = (office | (unnamed & country.is_in(sorted(district.countries)))).fill_null(value=False)
    return frame.table.with_columns(chosen.alias("chosen"))["chosen"]


def _first_answer(frame: Frame, fits: Callable[[Question], bool]) -> pl.Expr:
    names = [v.column.name for v in frame.variables if v.column.role is ColumnRole.VALUE and fits(v.question)]
    return pl.coalesce([*(pl.col(name).cast(pl.String) for name in names), pl.lit(None, dtype=pl.String)])


def is_office(question: Question) -> bool:
    """Whether a question asks for the consular office."""
    return question.kind is QuestionKind.CONSULAR_OFFICE or _is_choice_of(question, OFFICE_LISTS)


def is_country(question: Question) -> bool:
    """Whether a question asks for the country of residence."""
    return question.kind is QuestionKind.COUNTRY or _is_choice_of(question, COUNTRY_LISTS)


def _is_choice_of(question: Question, lists: tuple[str, ...]) -> bool:
    return question.kind is QuestionKind.SINGLE_CHOICE and question.choice_list in lists


def _owns(user: rules.Anyone, consultation: Consultation) -> bool:
    return isinstance(user, User) and user.unit_id is not None and user.unit_id == consultation.unit_id


def _own(user: rules.Anyone) -> Q:
    return Q(unit=user.unit_id) if isinstance(user, User) and user.unit_id else Q(pk__in=())


def _of_district(user: rules.Anyone) -> Q:
    """Consultations that were open to people where the office is; nothing for who is at no office."""
    offices = ConsularOffice.objects.filter(staff__user=user.pk)
    places = ConsularDistrict.objects.on().filter(office__in=offices).values("country")
    is_open_there = Q(countries__isnull=True) | Q(countries__in=places)
    at_an_office = Exists(offices)
    return Q(at_an_office, status__in=ConsultationStatus.public) & is_open_there

"""Figures and names as a report writes them, in the active language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from django.utils.formats import number_format
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _
from django_countries import countries

from communities.models import ConsularOffice

from ..analysis.figures import OptionCount
from ..analysis.screens.writing import KEPT_BACK, NOTHING
from ..instrument.definition import Definition, Question, QuestionKind, Text, text_in

HIDDEN = KEPT_BACK


# Numbers of four digits are written in one piece: years are among them.
GROUPED_FROM = 10_000


def count(number: int | None) -> str:
    return HIDDEN if number is None else number_format(number, force_grouping=abs(number) >= GROUPED_FROM)


def decimal(number: float | None, places: int = 1) -> str:
    if number is None:
        return HIDDEN
    grouped = not isnan(number) and abs(number) >= GROUPED_FROM
    return NOTHING if isnan(number) else number_format(number, places, force_grouping=grouped)


def measured(number: float | None) -> str:
    """A measure of numbers: whole ones, such as a year, without a decimal."""
    is_whole = number is not None and not isnan(number) and float(number).is_integer()
    return decimal(number, 0 if is_whole else 1)


def percent(number: float | None) -> str:
    """With a blank that does not break before the sign."""
    return HIDDEN if number is None else f"{decimal(number)}\u00a0%"


def people(number: int | None) -> str:
    if number is None:
        return _("number kept back")
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": count(number)}


def language_name(code: str) -> str:
    return str(get_language_info(code)["name_translated"])


def languages(codes: Sequence[str]) -> str:
    """Only English writes each of them with a capital."""
    names = [language_name(code) for code in codes]
    if (get_language() or "").startswith("en"):
        return listed(names)
    return listed([*names[:1], *(name.lower() for name in names[1:])])


def listed(items: Sequence[str]) -> str:
    """``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


@dataclass(frozen=True)
class Speaker:
    """Says texts of a questionnaire in one language; offices and countries by the portal's own names."""

    language: str
    default: str
    offices: Mapping[str, str]

    @classmethod
    def of(cls, definition: Definition, language: str) -> Speaker:
        return cls(language, definition.default_language, _office_names())

    def say(self, text: Text) -> str:
        return " ".join(text_in(text, self.language, self.default).split())

    def option(self, question: Question, option: OptionCount) -> str:
        return self.say(option.label) or self.name(question, option.name)

    def name(self, question: Question, name: str) -> str:
        if question.kind is QuestionKind.COUNTRY:
            return self.country(name)
        return self.offices.get(name, name)

    def country(self, code: str) -> str:
        return str(countries.name(code)) or code


def _office_names() -> dict[str, str]:
    return {office.slug: office.name for office in ConsularOffice.objects.all()}

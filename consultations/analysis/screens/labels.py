"""Names of questions, fields and options in the language that somebody reads results in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _
from django.utils.translation import override

from communities.models import ConsularOffice
from portal.clocks import writing
from portal.reader import country_name

from ...enums import Channel
from ...instrument.columns import ColumnRole
from ...instrument.definition import Question, QuestionKind, Section, Text, text_in
from ..axes import Category
from ..frame import CHANNEL, DAY, LANGUAGE, QUOTABLE, VERSION, Frame, Variable


@dataclass(frozen=True)
class Labels:
    """``frame`` is where the questions come from, ``language`` that of the words."""

    frame: Frame
    language: str
    _offices: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def default(self) -> str:
        return self.frame.definition.default_language if self.frame.versions else "es"

    def say(self, text: Text) -> str:
        return text_in(text, self.language, self.default)

    def language_of(self, text: Text) -> str:
        """The language that a text is shown in, where it is not the one asked for; else blank."""
        return self.default if text and not text.get(self.language) else ""

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {v.column.question: v.question for v in reversed(self.frame.variables)}

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """By the name of the column."""
        return {v.column.name: v for v in self.frame.variables}

    def question(self, name: str) -> Question:
        """Raises ``KeyError``."""
        return self._questions[name]

    def asking(self, field: str) -> Question:
        """The question that a column belongs to. Raises ``KeyError``."""
        return self._questions.get(field) or self.variables[field].question

    def section(self, section: Section) -> str:
        """Questions outside any group stand in a section that has no name for people."""
        with override(self.language):
            return self.say(section.label) or (section.name if section.is_group else _("Questions"))

    def title(self, question: Question) -> str:
        return self.say(question.label) or question.name

    def field(self, name: str) -> str:
        """A question, a column, or a field about the response. An unknown name stays as it is."""
        if name in ABOUT:
            with override(self.language):
                return ABOUT[name]()
        if name in self._questions:
            return self.title(self._questions[name])
        variable = self.variables.get(name)
        return self.say(variable.column.label) if variable else name

    def option(self, field: str, code: str, label: Text | None = None) -> str:
        """One value of a field in words."""
        if label:
            return self.say(label) or code
        if field in _CONTEXT:
            with override(self.language):
                return _CONTEXT[field](self, code)
        return self._from_list(field, code) or self._place(field, code) or code

    def category(self, field: str, category: Category) -> str:
        """One line of a table: an option, or some that are shown together."""
        if not category.parts:
            return self.option(field, category.name, category.label)
        with override(self.language):
            return _("Other options (%(number)s of them)") % {"number": len(category.parts)}

    def territory(self, code: str) -> str:
        with override(self.language):
            return country_name(code)

    def _from_list(self, field: str, code: str) -> str:
        for variable in self.frame.variables:
            column = variable.column
            if field in (column.name, column.question) and column.role is not ColumnRole.OTHER:
                if code in variable.codes:
                    return self.say(variable.codes[code].label)
                if column.option == code:
                    choices = variable.newest.definition.choices_of(variable.question)
                    return next((self.say(c.label) for c in choices if c.name == code), "")
        return ""

    def _place(self, field: str, code: str) -> str:
        question = self._questions.get(field)
        if question is None:
            return ""
        with override(self.language):
            if question.kind is QuestionKind.COUNTRY:
                return country_name(code)
            return self._office(code) if question.kind is QuestionKind.CONSULAR_OFFICE else ""

    def _office(self, slug: str) -> str:
        key = f"{self.language} {slug}"
        if key not in self._offices:
            names = (
                (office.slug, str(office)) for office in ConsularOffice.objects.select_related("country")
            )
            self._offices.update({f"{self.language} {slug}": name for slug, name in names})
        return self._offices.setdefault(key, "")


def language_name(code: str) -> str:
    """In the active language: ``es`` is Spanish."""
    try:
        return (Locale.parse(code, sep="-").get_display_name(writing().locale) or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return code


def _channel(labels: Labels, code: str) -> str:
    return str(Channel(code).label) if code in Channel.values else code


def _version(labels: Labels, code: str) -> str:
    return _("Version %(number)s") % {"number": code}


def _yes_or_no(labels: Labels, code: str) -> str:
    return _("Yes") if code == "1" else _("No")


_CONTEXT: Mapping[str, Callable[[Labels, str], str]] = {
    LANGUAGE: lambda _labels, code: language_name(code),
    CHANNEL: _channel,
    VERSION: _version,
    QUOTABLE: _yes_or_no,
    DAY: lambda _labels, code: code,
}
ABOUT: Mapping[str, Callable[[], str]] = {
    DAY: lambda: _("Day of sending"),
    LANGUAGE: lambda: _("Language of the answer"),
    VERSION: lambda: _("Version of the questionnaire"),
    CHANNEL: lambda: _("Channel"),
    QUOTABLE: lambda: _("May be quoted"),
}

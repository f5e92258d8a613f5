"""The words of a screening: its questions and answers, and the quotas over them, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..answering.words import Voice
from ..instrument.definition import Choice
from .screening import Screening


class Words:
    """Read once, for as many people as there are."""

    def __init__(self, screened: Screening) -> None:
        self.definition = screened.version.definition if screened.version else None
        fallback = self.definition.default_language if self.definition else "es"
        self.voice = Voice(page=get_language() or fallback, wanted=get_language() or "", fallback=fallback)
        asked = self.definition.questions() if self.definition else ()
        self.questions = {question.name: question for question in asked}

    def question(self, name: str) -> str:
        found = self.questions.get(name)
        return (self.voice.say(found.label).text if found else "") or name

    def answer(self, name: str, value: str) -> str:
        label = next((self.voice.say(c.label).text for c in self.choices(name) if c.name == value), "")
        return label or value

    def answers(self, name: str, options: Collection[str]) -> str:
        """Several answers that count as one."""
        return ", ".join(self.answer(name, value) for value in self.in_order(name, options))

    def in_order(self, name: str, given: Iterable[str]) -> list[str]:
        """As the questionnaire lists them; words of people's own come after, in the order of the alphabet."""
        listed = [choice.name for choice in self.choices(name)]
        return sorted(given, key=lambda v: (listed.index(v) if v in listed else len(listed), v))

    def choices(self, name: str) -> tuple[Choice, ...]:
        found = self.questions.get(name)
        return self.definition.choices_of(found) if self.definition and found else ()


def bounds(minimum: int | None, maximum: int | None) -> str:
    """What a quota asks for, as words."""
    if minimum and maximum is not None:
        return _("%(minimum)s to %(maximum)s") % {"minimum": minimum, "maximum": maximum}
    if maximum is not None:
        return _("at most %(maximum)s") % {"maximum": maximum}
    return _("at least %(minimum)s") % {"minimum": minimum or 0}

"""One question of a report: what it was called, and how many were asked and answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..analysis.figures import OptionCount, Tally
from ..instrument.definition import Question
from . import words
from .words import Speaker


@dataclass(frozen=True)
class Teller:
    """Tells what was answered to one question."""

    speaker: Speaker
    tally: Tally
    number: int
    weighted: bool = False

    @property
    def question(self) -> Question:
        return self.tally.question

    @property
    def title(self) -> str:
        return self.speaker.say(self.question.label) or self.question.name

    @property
    def has_figures(self) -> bool:
        """Whether anything may be shown at all."""
        options = any(option.count for line in self.tally.lines for option in line.options)
        return options or bool(self.tally.bases.answered)

    def base(self) -> str:
        bases = self.tally.bases
        if bases.asked == 0:
            return _("Nobody was asked this question.")
        if not self.has_figures:
            return _("The figures are kept back, to protect people in small groups.")
        said = _("Asked: %(asked)s. Answered: %(answered)s.") % {
            "asked": words.count(bases.asked),
            "answered": words.count(bases.answered),
        }
        notes = [said]
        if self.tally.overlaps:
            notes.append(_("Several answers were possible, so that percentages add up to more than 100."))
        if self.question.sensitive:
            notes.append(_("Sensitive question: everybody could leave it out."))
        return " ".join(notes)

    def option(self, option: OptionCount) -> str:
        return self.speaker.option(self.question, option)


def note(hides: bool) -> str:
    """What stands below a table in which something is kept back."""
    return _("* kept back, to protect people in small groups.") if hides else ""

"""The questionnaire as people saw it: the appendix of a report."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..analysis.frame import Frame
from ..enums import QUESTION_KIND_LABELS
from ..instrument.definition import Question, QuestionKind
from ..instrument.parser import parse
from ..instrument.wording import in_words
from .blocks import Block, Bullets, Heading, Paragraph
from .words import Speaker

# A list of all countries tells nobody anything.
MOST_OPTIONS = 30


def blocks(frame: Frame, speaker: Speaker) -> Iterator[Block]:
    yield Heading(_("Appendix: the questionnaire"))
    if len(frame.versions) > 1:
        yield Paragraph(
            _("Version %(number)s, the newest that was answered.") % {"number": frame.versions[0].number}
        )
    for place, section in enumerate(frame.definition.sections, start=1):
        if section.is_group or place > 1:
            yield Heading(speaker.say(section.label) or _("Other questions"), 2)
        if section.relevant.strip():
            yield _shown_when(frame, speaker, section.relevant)
        for question in section.questions:
            yield from _question(frame, speaker, question)


def _question(frame: Frame, speaker: Speaker, question: Question) -> Iterator[Block]:
    label = speaker.say(question.label) or question.name
    if question.kind is QuestionKind.NOTE:
        yield Paragraph(label)
        return
    yield Heading(label, 3)
    said = [str(QUESTION_KIND_LABELS[question.kind])]
    said += [_("required")] if question.required else []
    said += [_("sensitive")] if question.sensitive else []
    yield Paragraph(" · ".join(said), is_small=True)
    if question.relevant.strip():
        yield _shown_when(frame, speaker, question.relevant, question)
    options = _options(frame, speaker, question)
    if question.rows:
        yield Bullets([speaker.say(row.label) or row.name for row in question.rows])
        yield Paragraph(_("For each: %(options)s.") % {"options": " · ".join(options)}, is_small=True)
    elif options:
        yield Bullets(options)


def _shown_when(frame: Frame, speaker: Speaker, rule: str, about: Question | None = None) -> Paragraph:
    said = in_words(parse(rule), frame.definition, speaker.language, about=about)
    return Paragraph(_("Shown when: %(rule)s.") % {"rule": said}, is_small=True)


def _options(frame: Frame, speaker: Speaker, question: Question) -> list[str]:
    names = [speaker.say(choice.label) or choice.name for choice in frame.definition.choices_of(question)]
    if len(names) <= MOST_OPTIONS:
        return names
    more = _("and %(count)s more") % {"count": len(names) - MOST_OPTIONS}
    return [*names[:MOST_OPTIONS], more]

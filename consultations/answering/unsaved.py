"""What somebody wrote into a page that was not taken, so that it can be sent again or given back to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from ..instrument.definition import Question, QuestionKind
from ..models import Consultation
from . import cookies
from .participation import Participation, participation
from .words import Said, Voice

_TEXTS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)


@dataclass(frozen=True)
class Unsaved:
    """``words`` are question and text; ``sent_before`` says that answers sent earlier count as they were."""

    words: list[tuple[Said, str]]
    sent_before: bool


def carried(request: HttpRequest, *without: str) -> list[tuple[str, str]]:
    """What the form held, for hidden fields that send it once more."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", *without)
        for value in values
    ]


def unsaved(request: HttpRequest, consultation: Consultation) -> Unsaved | None:
    """What the refused form held; ``None`` where nothing was sent at all."""
    if request.method != "POST":
        return None
    reader = get_language() or "es"
    code = cookies.code_in(request, consultation) or ""
    part = participation(consultation=consultation, code=code, language=reader)
    if part is None:
        return Unsaved([], sent_before=False)
    voice = Voice(page=reader, wanted=part.language, fallback=part.plan.definition.default_language)
    return Unsaved(_words(request, part, voice), part.is_sent)


def _words(request: HttpRequest, part: Participation, voice: Voice) -> list[tuple[Said, str]]:
    texts = ((question, request.POST.get(_name(question), "")) for question in _asked(part))
    return [(voice.say(question.label), text) for question, text in texts if text.strip()]


def _asked(part: Participation) -> list[Question]:
    return [q for q in part.plan.definition.questions() if q.kind in _TEXTS or q.or_other]


def _name(question: Question) -> str:
    return question.other_name if question.or_other else question.name

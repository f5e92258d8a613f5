"""What is wrong with an answer, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..instrument.answers import AnswerError
from ..instrument.definition import Question, QuestionKind
from .words import Said, Voice

_K = QuestionKind
Params = Mapping[str, Any]


def message(error: AnswerError, question: Question, voice: Voice) -> Said:
    """The questionnaire's own message where it has one, else ours."""
    own = voice.say(error.message) if error.message else None
    return own or Said(_portal_message(error, question))


def _portal_message(error: AnswerError, question: Question) -> str:
    params = {key: localize(value) for key, value in error.params.items()}
    if error.name == question.other_name and error.code == "required":
        return _("You chose “other”. Write which one.")
    if error.code == "required":
        return _required(question)
    if error.code in _COUNTED:
        return _counted(error.code, error.params)
    return _fixed(error.code) % params


def _required(question: Question) -> str:
    match question.kind:
        case _K.MULTIPLE_CHOICE:
            return _("Choose at least one option.")
        case _K.MATRIX:
            return _("Choose an option in each row.")
        case _K.RANKING:
            return _("Put the options in order.")
        case _K.SHORT_TEXT | _K.LONG_TEXT:
            return _("Write your answer.")
        case _K.INTEGER | _K.DECIMAL:
            return _("Write a number.")
        case _K.DATE:
            return _("Write the date.")
        case _K.ACKNOWLEDGE:
            return _("Tick the box to go on.")
        case _:
            return _("Choose an option.")


_COUNTED = {"too_few", "too_many", "too_long", "incomplete"}


def _counted(code: str, params: Params) -> str:
    if code == "too_few":
        count = params["least"]
        return ngettext("Choose at least %(count)d option.", "Choose at least %(count)d options.", count) % {
            "count": count
        }
    if code == "too_many":
        count = params["most"]
        return ngettext("Choose %(count)d option at most.", "Choose %(count)d options at most.", count) % {
            "count": count
        }
    if code == "incomplete":
        return _("Put all %(count)d options in order.") % params
    extra = params["count"] - params["most"]
    return ngettext(
        "Make your text shorter: it is %(count)d character too long.",
        "Make your text shorter: it is %(count)d characters too long.",
        extra,
    ) % {"count": extra}


def _fixed(code: str) -> str:
    texts = {
        "exclusive": _("Choose your options or “none of these”, not both."),
        "not_offered": _("Choose one of the options shown."),
        "repeated": _("Choose each option once."),
        "not_a_number": _(
            "Write a number in digits, without separating thousands, for instance 1500 or 12,5."
        ),
        "two_readings": _(
            "“%(written)s” can be read in two ways. Write %(whole)s if you mean thousands, "
            "or %(decimal)s if you mean a number with decimals."
        ),
        "not_whole": _("Write a whole number in digits, without dots or commas, for instance 1500."),
        "too_small": _("Write a number that is %(least)s or more."),
        "too_large": _("Write a number that is %(most)s or less."),
        "not_on_step": _("Write a number in steps of %(step)s."),
        "not_a_date": _("Write a date that exists, with day, month and a year of four digits."),
        "constraint": _("Check this answer: it does not fit."),
    }
    return texts.get(code) or _("Check this answer.")

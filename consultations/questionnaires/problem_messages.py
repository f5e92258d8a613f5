"""The problems that the instrument finds, as sentences: the instrument gives codes, people read these."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..enums import QUESTION_KIND_LABELS
from ..instrument.definition import QuestionKind
from ..instrument.problems import Problem

FIELDS = {
    "title": _("title"),
    "languages": _("languages switched on"),
    "default_language": _("source language"),
    "sections": _("sections"),
    "name": _("name"),
    "kind": _("kind"),
    "label": _("text"),
    "hint": _("hint"),
    "required_message": _("message when it is left empty"),
    "constraint_message": _("message when it is not accepted"),
    "relevant": _("shown only if"),
    "constraint": _("accepted only if"),
    "choice_filter": _("options shown only if"),
    "choice_list": _("list of options"),
    "choices": _("options"),
    "or_other": _("with “other, please specify”"),
    "rows": _("rows"),
    "min_choices": _("at least"),
    "max_choices": _("at most"),
    "start": _("from"),
    "end": _("to"),
    "step": _("in steps of"),
    "low_label": _("label of the low end"),
    "high_label": _("label of the high end"),
    "max_length": _("characters at most"),
}

MESSAGES = {
    # The questionnaire as a whole.
    "no_language": _("No language is switched on."),
    "default_language_off": _("The source language is not switched on."),
    "empty_questionnaire": _("The questionnaire has no questions."),
    "missing_translation": _("The text is missing in this language."),
    "missing_option_text": _("The option “%(choice)s” has no text in this language."),
    # Names.
    "bad_name": _("“%(name)s” is not a name: use letters without accents, digits and underscores."),
    "name_too_long": _("The name “%(name)s” has more than %(most)s characters."),
    "duplicate_name": _("The name “%(name)s” is used twice."),
    # Fields of a question.
    "field_not_taken": _("A question of the kind “%(kind)s” has no use for this."),
    "no_list": _("The question has no list of options."),
    "unknown_list": _("There is no list of options “%(name)s”."),
    "empty_list": _("The list of options “%(name)s” is empty."),
    "no_rows": _("The matrix has no rows."),
    "out_of_order": _("The lower limit %(least)s is not below the upper limit %(most)s."),
    "not_positive": _("This must be a positive number."),
    "step_does_not_fit": _("The steps do not end at the upper limit."),
    "too_many_points": _("A scale has %(most)s points at most."),
    "more_than_options": _("The list has only %(count)s options."),
    # Rules: how they are written.
    "empty": _("The rule is empty."),
    "too_long": _("The rule has more than %(most)s characters."),
    "too_deep": _("The rule has more than %(most)s levels."),
    "unclosed_string": _("The quotation mark is not closed."),
    "curly_quote": _("Use straight quotation marks instead of %(character)s."),
    "unexpected_character": _("The character %(character)s means nothing here."),
    "bad_reference": _("A reference to a question is written ${name}."),
    "number_too_large": _("The number is too large."),
    "expected": _("%(expected)s is expected, not “%(found)s”."),
    "expected_at_end": _("%(expected)s is expected at the end."),
    "unknown_function": _("There is no function “%(name)s”."),
    "argument_count": _("The function “%(name)s” cannot have %(found)s values."),
    "regex_not_literal": _("The pattern of regex() must stand in quotation marks."),
    "bad_pattern": _("The pattern of regex() cannot be read, or is not allowed (%(reason)s)."),
    # Rules: what they speak of.
    "unknown_name": _("There is no question “%(name)s”."),
    "later_name": _("The question “%(name)s” comes later."),
    "self_reference": _("The rule depends on its own question “%(name)s”."),
    "cycle": _("This question and “%(name)s” wait for each other."),
    "no_answer": _("“%(name)s” has no answer of its own."),
    "bare_word": _("The word “%(name)s” means nothing here. Write ${%(name)s} or '%(name)s'."),
    "unknown_column": _("The options have no column “%(name)s”."),
    "this_not_allowed": _("A point (.) has a meaning only in “accepted only if”."),
    "type_mismatch": _("%(expected)s is expected here, not %(found)s."),
    "unknown_choice": _("The question has no option “%(choice)s”."),
    "use_selected": _("With several options, write selected(…) instead of =."),
    # Publication.
    "kind_changed": _(
        "“%(name)s” was of another kind in version %(version)s. Give the new question a new name."
    ),
    "scale_changed": _("“%(name)s” had other ends in version %(version)s. Give the new question a new name."),
    "choice_reassigned": _(
        "The option “%(choice)s” now says what “%(other)s” said in version %(version)s. "
        "Codes keep their meaning: give the option its former code, or a new one."
    ),
}

WORDS = {
    "operand": _("A value"),
    "operator": _("An operator"),
    ")": _("A closing bracket"),
    "text": _("text"),
    "number": _("a number"),
    "date": _("a date"),
    "name": _("one option"),
    "names": _("several options"),
    "boolean": _("true or false"),
}


def message_of(problem: Problem) -> str:
    """What is wrong, as a sentence, with the place in a rule where there is one."""
    params = {name: _in_words(problem.code, name, value) for name, value in problem.params.items()}
    code = _code_of_message(problem)
    message = str(MESSAGES[code]) % params if code in MESSAGES else code
    message = f"{message[:1].upper()}{message[1:]}"  # Words such as “a number” may come first.
    if problem.position is None:
        return message
    return str(
        format_lazy(_("{message} (at character {position})"), message=message, position=problem.position + 1)
    )


def _code_of_message(problem: Problem) -> str:
    if problem.code == "expected" and not problem.params["found"]:
        return "expected_at_end"
    if problem.code == "missing_translation" and problem.params.get("choice"):
        return "missing_option_text"
    return problem.code


def field_label(problem: Problem) -> str:
    """The field of the form that the problem is about."""
    return str(FIELDS.get(problem.field, problem.field))


def _in_words(code: str, param: str, value: object) -> object:
    """Kinds and types have names of their own; everything else is what the author wrote."""
    if param == "kind":
        return QUESTION_KIND_LABELS[QuestionKind(str(value))]
    is_type = param == "expected" or (param, code) == ("found", "type_mismatch")
    return WORDS.get(str(value), value) if is_type else value

"""The part of a questionnaire that the page needs to show and hide at once: rules and filters, no texts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from consultations.instrument.definition import Definition, Question, Section
from consultations.instrument.parser import parse
from consultations.instrument.tree import names, to_json


def rules_for_page(definition: Definition, sections: Collection[str] | None = None) -> dict[str, Any]:
    """What ``visible`` of logic.js reads, for the sections named or for all.

    ``{"sections": [{"name", "relevant"?, "questions": [{"name", "answers", "relevant"?, "filter"?,
    "choices"?, "other"?}]}], "reads": [...]}``. ``reads`` are the names of answers given in other sections:
    hand the page those, pruned, and no others.
    """
    chosen = [item for item in definition.sections if sections is None or item.name in sections]
    asked = {name for section in chosen for question in section.questions for name in question.answer_names}
    read = set().union(*(_read(section) for section in chosen))
    return {"sections": [_section(definition, section) for section in chosen], "reads": sorted(read - asked)}


def _read(section: Section) -> set[str]:
    sources = [section.relevant]
    for question in section.questions:
        sources += [question.relevant, question.choice_filter, question.constraint]
    return set().union(*(names(parse(source)) for source in sources if source.strip()))


def _section(definition: Definition, section: Section) -> dict[str, Any]:
    questions = [_question(definition, question) for question in section.questions]
    return {"name": section.name, **_rule("relevant", section.relevant), "questions": questions}


def _question(definition: Definition, question: Question) -> dict[str, Any]:
    rules = {
        "name": question.name,
        "answers": list(question.answer_names),
        **_rule("relevant", question.relevant),
        **_rule("filter", question.choice_filter),
        **({"other": question.other_name} if question.or_other else {}),
    }
    if "filter" in rules:
        choices = definition.choices_of(question)
        rules["choices"] = [{**choice.attributes, "name": choice.name} for choice in choices]
    return rules


def _rule(key: str, source: str) -> dict[str, Any]:
    return {key: to_json(parse(source))} if source.strip() else {}

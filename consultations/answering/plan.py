"""What can be known of a journey before anybody answers: its pages, and which questions act on which.

A page is a section. Sections that hold only notes join the next one (the last ones join the one before), so
that nobody turns a page to read one sentence. Made once for each frozen version and then kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from ..instrument import logic
from ..instrument.browser import rules_for_page
from ..instrument.definition import Definition, Question, QuestionKind, Section
from ..models import QuestionnaireVersion


@dataclass(frozen=True)
class Page:
    """Some sections that are shown together. ``number`` is its address, counted from 1 over all pages."""

    number: int
    sections: tuple[Section, ...]

    @property
    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions

    @cached_property
    def main(self) -> Section:
        """The section that gives the page its title: the first one with something to answer."""
        return next((s for s in self.sections if not _only_notes(s)), self.sections[0])

    @cached_property
    def answer_names(self) -> frozenset[str]:
        return frozenset(name for question in self.questions for name in question.answer_names)

    @cached_property
    def question_names(self) -> frozenset[str]:
        return frozenset(question.name for question in self.questions)

    @cached_property
    def lively(self) -> frozenset[str]:
        """Questions that may appear or vanish while this page is being filled in."""
        own = self.answer_names
        return frozenset(
            question.name
            for section in self.sections
            for question in section.questions
            if own & _read_by(question.relevant, section.relevant)
        )

    @cached_property
    def filtered_here(self) -> frozenset[str]:
        """Questions whose options depend on other answers of this page."""
        return frozenset(q.name for q in self.questions if self.answer_names & _read_by(q.choice_filter))


@dataclass(frozen=True)
class Plan:
    """A frozen questionnaire as a journey."""

    definition: Definition
    pages: tuple[Page, ...]
    # Sensitive question → the acknowledgements of the questionnaire that open it.
    gates: Mapping[str, frozenset[str]]

    @cached_property
    def asked_by_portal(self) -> frozenset[str]:
        """Sensitive questions that the questionnaire itself asks no permission for."""
        return frozenset(name for name, acknowledgements in self.gates.items() if not acknowledgements)

    @cached_property
    def acknowledgements(self) -> frozenset[str]:
        """Acknowledgements that are the consent to some sensitive question."""
        return frozenset().union(*self.gates.values()) if self.gates else frozenset()

    @cached_property
    def consent_page(self) -> int | None:
        """The page on which the portal asks its own permission: that of the first question in need of it."""
        return next((p.number for p in self.pages if p.question_names & self.asked_by_portal), None)

    @cached_property
    def by_answer_name(self) -> Mapping[str, Question]:
        return {name: question for question in self.definition.questions() for name in question.answer_names}

    @cached_property
    def rules(self) -> Mapping[int, Any]:
        """What the browser needs to show and hide at once, by page."""
        return {
            page.number: rules_for_page(self.definition, [section.name for section in page.sections])
            for page in self.pages
        }

    def page(self, number: int) -> Page | None:
        return self.pages[number - 1] if 1 <= number <= len(self.pages) else None

    def page_of(self, question_name: str) -> Page:
        return next(page for page in self.pages if question_name in page.question_names)


def plan_of(version: QuestionnaireVersion) -> Plan:
    """The plan of a version, made once a process for each content: its document is read only then."""
    return _plan(version.digest, _Source(version))


class _Source:
    """Equal to every other source: the digest alone is the cache's key."""

    def __init__(self, version: QuestionnaireVersion) -> None:
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _plan(digest: str, source: _Source) -> Plan:
    return make_plan(source.version.definition)


def make_plan(definition: Definition) -> Plan:
    groups = _joined([section for section in definition.sections if section.questions])
    pages = tuple(Page(number, tuple(group)) for number, group in enumerate(groups, start=1))
    return Plan(definition, pages, _gates(definition))


def _joined(sections: list[Section]) -> list[list[Section]]:
    groups: list[list[Section]] = []
    waiting: list[Section] = []
    for section in sections:
        waiting.append(section)
        if not _only_notes(section):
            groups.append(waiting)
            waiting = []
    if waiting and groups:
        groups[-1].extend(waiting)
    elif waiting:
        groups.append(waiting)
    return groups


def _only_notes(section: Section) -> bool:
    return all(question.kind is QuestionKind.NOTE for question in section.questions)


def _gates(definition: Definition) -> dict[str, frozenset[str]]:
    acknowledgements = {q.name for q in definition.questions() if q.kind is QuestionKind.ACKNOWLEDGE}
    return {
        question.name: frozenset(acknowledgements & _read_by(question.relevant, section.relevant))
        for section in definition.sections
        for question in section.questions
        if question.sensitive
    }


def _read_by(*sources: str) -> set[str]:
    """The answers that some expressions read. A published questionnaire has no broken ones."""
    return {name for source in sources if source for name in logic.names(logic.parse(source))}

"""The answer sheet that a person is working on: what they answered and what they permitted, so far."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ..enums import ResponseStatus
from ..instrument.answers import AnswerError, Visibility, prune, validate, visible
from ..instrument.definition import Question, QuestionKind
from ..models import Response
from . import consents
from .consents import Consent
from .plan import Page, Plan


@dataclass(frozen=True)
class Sheet:
    """Immutable: each step of the journey makes a new one."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    consents: tuple[Consent, ...] = ()
    language: str = ""
    left_in: str = ""

    @classmethod
    def of(cls, response: Response) -> Sheet:
        """What the person sees as theirs: changes not sent yet, else what is stored."""
        source = response.changes or {
            "answers": response.answers,
            "sections": response.sections,
            "consents": response.consents,
            "language": response.language,
            "left_in": response.left_in,
        }
        return cls(
            answers=source["answers"],
            sections=tuple(source["sections"]),
            consents=tuple(source["consents"]),
            language=source["language"],
            left_in=source.get("left_in", ""),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "answers": dict(self.answers),
            "sections": list(self.sections),
            "consents": list(self.consents),
            "language": self.language,
            "left_in": self.left_in,
        }

    def write_to(self, response: Response) -> None:
        """Into the record: beside what was sent when it was sent already, else in its place."""
        if response.status == ResponseStatus.SUBMITTED:
            response.changes = None if self._was_sent(response) else self.to_json()
        else:
            response.answers, response.sections = dict(self.answers), list(self.sections)
            response.consents, response.language = list(self.consents), self.language
            response.left_in = self.left_in

    def _was_sent(self, response: Response) -> bool:
        return (dict(self.answers), list(self.consents)) == (response.answers, response.consents)

    def part(self, names: Collection[str]) -> dict[str, Any]:
        """The answers under some names."""
        return {name: answer for name, answer in self.answers.items() if name in names}

    def sight(self, plan: Plan, *, today: date) -> Visibility:
        """What logic and permissions let the person see."""
        shown = visible(plan.definition, self.answers, today=today)
        return replace(shown, questions=shown.questions - consents.closed(plan, self.consents))

    def settled(self, plan: Plan, *, version: int, today: date) -> Sheet:
        """Without the answers that logic hides or that no permission covers, to a fixed point."""
        sheet = self
        while True:
            asked = prune(plan.definition, sheet.answers, today=today)
            # Permissions first: one that is given on the same page already covers that page's answers.
            given = consents.follow_acknowledgements(
                plan, asked, sheet.consents, version=version, language=sheet.language, on=today
            )
            answers = consents.without_closed(plan, asked, given)
            if answers == sheet.answers and tuple(given) == sheet.consents:
                return sheet
            sheet = replace(sheet, answers=answers, consents=tuple(given))

    def errors(self, plan: Plan, *, today: date, page: Page | None = None) -> list[AnswerError]:
        """What keeps the sheet (or one page of it) from being sent. Sensitive questions without a
        permission are out of sight, so nothing is required of them."""
        shut = consents.closed(plan, self.consents)
        sections = [section.name for section in page.sections] if page else None
        found = validate(plan.definition, self.answers, today=today, sections=sections)
        return [error for error in found if plan.by_answer_name[error.name].name not in shut]


def answered(question: Question, answers: Mapping[str, Any]) -> bool:
    return any(name in answers for name in question.answer_names)


def count_answered(questions: Iterable[Question], answers: Mapping[str, Any]) -> int:
    return sum(answered(question, answers) for question in questions)


def is_question(question: Question) -> bool:
    """Something to answer; notes are only read, and acknowledgements are permissions."""
    return question.kind not in (QuestionKind.NOTE, QuestionKind.ACKNOWLEDGE)


def fingerprint(part: Mapping[str, Any]) -> str:
    """Tells whether some answers are still the ones that a page was drawn from."""
    canonical = json.dumps(part, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:24]

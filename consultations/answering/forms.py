"""A page of the questionnaire as a form: what was sent for it, what of that is good, what is shown next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict

from ..instrument.answers import AnswerError, Cleaned, Visibility, clean, options
from ..instrument.definition import Choice, Question, Section
from . import consents, offices
from .boxes import Box
from .consents import Consent
from .fields import CONTROL, FIELD_TYPES, Sent
from .messages import message
from .numbers import two_readings
from .participation import Participation
from .plan import Page, Plan
from .scales import is_typed
from .sheet import Sheet, fingerprint
from .words import Said, Voice


@dataclass(frozen=True)
class Group:
    """The questions of one section. Only sections beside the page's main one need their title said."""

    label: Said
    boxes: list[Box]


@dataclass(frozen=True)
class FormError:
    """One line of the error summary. The question is named where the message alone would not tell it."""

    anchor: str
    label: Said
    message: Said


class PageForm:
    """Unbound, it shows what is stored; with ``data`` it reads, checks and shows what was sent."""

    def __init__(
        self, part: Participation, page: Page, *, reader: str, data: QueryDict | None = None
    ) -> None:
        self.part, self.page, self.data = part, page, data
        self.plan: Plan = part.plan
        self.before = part.sheet
        self.voice = Voice(page=reader, wanted=part.language, fallback=self.plan.definition.default_language)
        self.faults: list[AnswerError] = []
        self.new_names: frozenset[str] = frozenset()
        self.proposals: Mapping[str, str] = {}
        self.sent: dict[str, Sent] = {}
        self.answers = self.before.part(page.answer_names)
        if data is None:
            self._show_stored()
        else:
            self._read(data)

    # --- what was sent -------------------------------------------------------------------------------

    def _show_stored(self) -> None:
        for question in self.page.questions:
            self.sent[question.name] = FIELD_TYPES[question.kind].write(question, self.answers)

    def _read(self, data: QueryDict) -> None:
        for question in self.page.questions:
            self.sent[question.name] = FIELD_TYPES[question.kind].read(data, question)
        self._make_moves(data)
        current = {**self.before.answers}
        for question in self.page.questions:
            self._clean(question, current)
        self.answers = {name: answer for name, answer in current.items() if name in self.page.answer_names}

    def _clean(self, question: Question, current: dict[str, Any]) -> None:
        """Good answers replace what is stored; where something is wrong, what was stored stays."""
        sent = self.sent[question.name]
        found = clean(self.plan.definition, question, sent, current, today=self.part.today)
        errors = _in_doubt(question, sent, found) or found.errors
        wrong = {error.name for error in errors if error.code != "required"}
        self.faults += errors
        for name in question.answer_names:
            if name in found.answers and name not in wrong:
                current[name] = found.answers[name]
            elif name not in wrong:
                current.pop(name, None)

    def _make_moves(self, data: QueryDict) -> None:
        """A button of a ranking: ``question:option:up|down|out|in``."""
        name, _colon, rest = data.get(f"{CONTROL}move", "").partition(":")
        choice, _colon, way = rest.rpartition(":")
        if name in self.page.question_names and choice:
            ranked = [item for item in self.sent[name].get(name, []) if item]
            self.sent[name] = {**self.sent[name], name: moved(ranked, choice, way)}

    @cached_property
    def consent_is_asked_here(self) -> bool:
        return self.plan.consent_page == self.page.number

    @cached_property
    def first_sensitive(self) -> str:
        """The question before which the portal asks its permission, on the page that asks it."""
        names = (q.name for q in self.page.questions if q.name in self.plan.asked_by_portal)
        return next(names, "") if self.consent_is_asked_here else ""

    @cached_property
    def consents_to_sensitive(self) -> bool:
        """The portal's own permission, as the page stands."""
        if self.data is not None and f"{CONTROL}consent-asked" in self.data:
            return f"{CONTROL}consent" in self.data
        return consents.SENSITIVE in consents.purposes(self.before.consents)

    # --- what follows from it ------------------------------------------------------------------------

    @cached_property
    def sheet(self) -> Sheet:
        """The whole sheet as it would be with the good answers of this page."""
        others = {n: a for n, a in self.before.answers.items() if n not in self.page.answer_names}
        given: list[Consent] = list(self.before.consents)
        if self.consent_is_asked_here:
            given = consents.without_consent(given, consents.SENSITIVE)
            if self.consents_to_sensitive:
                given.append({"purpose": consents.SENSITIVE})
        sheet = replace(self.before, answers={**others, **self.answers}, consents=tuple(given))
        return sheet.settled(self.plan, version=self.part.version.number, today=self.part.today)

    @cached_property
    def sight(self) -> Visibility:
        return self.sheet.sight(self.plan, today=self.part.today)

    @cached_property
    def to_see(self) -> frozenset[str]:
        """Questions of this page that are in sight and have something to choose from.

        Where another answer of the page has to come first, people without scripts get the page once more.
        """
        in_sight = (q for q in self.page.questions if q.name in self.sight.questions)
        return frozenset(q.name for q in in_sight if not q.choice_filter or self._offered(q))

    def _offered(self, question: Question) -> tuple[Choice, ...]:
        return options(self.plan.definition, question, self.sheet.answers, today=self.part.today)

    @cached_property
    def shown_before(self) -> frozenset[str]:
        """What the person could see when they sent the page."""
        sent = self.data.get(f"{CONTROL}shown", "") if self.data is not None else ""
        return frozenset(sent.split())

    @cached_property
    def unseen(self) -> frozenset[str]:
        """Questions of this page that their answers have brought into sight."""
        return self.to_see - self.shown_before

    def propose(self) -> None:
        """Propose what the answers of this very page make it possible to propose."""
        self.proposals = offices.new_proposals(
            self.plan.definition, self.page, before=self.before.answers, answers=self.sheet.answers
        )

    @property
    def brings(self) -> frozenset[str]:
        """What the answers bring to the page: questions that came into sight, and proposals."""
        return self.unseen | frozenset(self.proposals) & self.to_see

    def errors_for(self, *, moving_on: bool) -> list[AnswerError]:
        """What has to be put right. Questions left empty matter only to somebody who moves on."""
        return [error for error in self.faults if self._counts(error, moving_on=moving_on)]

    def _counts(self, error: AnswerError, *, moving_on: bool) -> bool:
        name = self.plan.by_answer_name[error.name].name
        seen = name in self.to_see and name in self.shown_before
        return seen and (moving_on or error.code != "required")

    # --- what is shown -------------------------------------------------------------------------------

    def groups(self, errors: list[AnswerError]) -> list[Group]:
        """The questions of the page by section, those that may still appear among them (hidden)."""
        wrong = self._messages(errors)
        return [
            Group(self._label(section), boxes)
            for section in self.page.sections
            if (boxes := [self._box(q, wrong) for q in section.questions if self._may_be_seen(q)])
        ]

    def summary(self, errors: list[AnswerError]) -> list[FormError]:
        """One line a question that has something wrong, in the words that stand beside it."""
        wrong = self._messages(errors)
        boxes = [self._box(q, wrong) for q in self.page.questions if q.name in wrong]
        own = {self.plan.by_answer_name[error.name].name for error in errors if error.message}
        return [
            FormError(box.first_control, Said() if box.name in own else box.label, box.error)
            for box in boxes
            if box.error
        ]

    @property
    def base(self) -> str:
        """The fingerprint of the stored answers that this page is drawn from."""
        return fingerprint(self.part.sheet.part(self.page.answer_names))

    @property
    def shown(self) -> str:
        return " ".join(sorted(self.to_see))

    def _messages(self, errors: list[AnswerError]) -> dict[str, dict[str, Said]]:
        wrong: dict[str, dict[str, Said]] = {}
        for error in errors:
            question = self.plan.by_answer_name[error.name]
            wrong.setdefault(question.name, {})[error.name] = message(error, question, self.voice)
        return wrong

    def _label(self, section: Section) -> Said:
        return Said() if section is self.page.main or not section.is_group else self.voice.say(section.label)

    def _may_be_seen(self, question: Question) -> bool:
        asked_here = self.consent_is_asked_here and question.name in self.plan.asked_by_portal
        may_change = question.name in self.page.lively | self.page.filtered_here
        return question.name in self.to_see or may_change or asked_here

    def _box(self, question: Question, wrong: Mapping[str, dict[str, Said]]) -> Box:
        definition, name = self.plan.definition, question.name
        every = definition.choices_of(question)
        offered = self._offered(question)
        withheld = (
            {c.name for c in every} - {c.name for c in offered} if name in self.page.filtered_here else set()
        )
        sent = self.sent[name]
        proposal = self.proposals.get(name, "")
        if any(choice.name == proposal for choice in offered):
            sent = {**sent, name: proposal}
        return Box(
            question=question,
            voice=self.voice,
            sent=sent,
            choices=every if name in self.page.filtered_here else offered,
            withheld=withheld,
            errors=wrong.get(name, {}),
            hidden=name not in self.to_see,
            is_new=name in self.new_names,
            proposed=bool(proposal) and sent.get(name) == proposal,
        )


def _in_doubt(question: Question, sent: Sent, found: Cleaned) -> list[AnswerError]:
    """A number that can be read in two ways is nobody's answer yet."""
    raw = sent.get(question.name, "")
    if question.name not in found.answers or not isinstance(raw, str) or not is_typed(question):
        return []
    doubt = two_readings(raw)
    return [AnswerError(question.name, "two_readings", asdict(doubt))] if doubt else []


def moved(ranked: list[str], choice: str, way: str) -> list[str]:
    """A ranking after one button: ``in`` puts the option last, ``out`` takes it away."""
    at = ranked.index(choice) if choice in ranked else None
    others = [item for item in ranked if item != choice]
    match way, at:
        case "in", None:
            return [*ranked, choice]
        case "out", int():
            return others
        case "up", int():
            return [*others[: max(at - 1, 0)], choice, *others[max(at - 1, 0) :]]
        case "down", int():
            return [*others[: at + 1], choice, *others[at + 1 :]]
        case _:
            return ranked

"""Simulated people who begin and do not send: they save page after page as anybody does, and then stop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from portal import audit

from ..answering import codes, consents
from ..answering.participation import Participation, spoken_in
from ..answering.plan import Page, plan_of
from ..answering.sheet import fingerprint
from ..answering.submission import save_page
from ..enums import Channel, ResponseStatus
from ..models import Consultation, Response
from .person import Person, draw_person
from .responses import Simulation, days_of
from .walk import answers_of

# How many of a hundred who reach a page do not go on. Sensitive questions cost more, and so does each text.
_LEAVE, _LEAVE_SENSITIVE, _LEAVE_A_QUESTION = 6.0, 16.0, 1.2


def leave_drafts(simulation: Simulation, *, count: int) -> int:
    """Leave drafts until there are as many. Returns how many are new; raises ``NotAllowed`` after closing."""
    there = _drafts(simulation.consultation)
    for number in range(there, count):
        rng = Random(f"{simulation.consultation.slug}/{simulation.seed}/draft {number}")  # noqa: S311  (no secret)
        _leave_one(simulation, rng)
    added = _drafts(simulation.consultation) - there
    audit.record("responses.drafts_simulated", target=simulation.consultation, by=None, count=added)
    return added


def _leave_one(simulation: Simulation, rng: Random) -> None:
    consultation, version = simulation.consultation, simulation.version
    countries = list(consultation.countries.values_list("code", flat=True))
    days = days_of(consultation)
    day = rng.choices(list(days), list(days.values()))[0]
    languages = version.definition.languages
    person = draw_person(rng, languages=languages, countries=countries, language=simulation.language)
    part = Participation(
        consultation=consultation,
        version=version,
        code=codes.new_code(),
        response=None,
        language=spoken_in(version.definition, person.language),
        today=day,
        channel=Channel.SIMULATED,
    )
    answers = answers_of(person, version.definition, today=day)
    for page in part.plan.pages[: _last_page(part.plan.pages, rng)]:
        _save(simulation, part, page, answers, person, day)


def _save(
    simulation: Simulation,
    part: Participation,
    page: Page,
    answers: Mapping[str, Any],
    person: Person,
    day: date,
) -> None:
    """One page, with the permission that is asked on it."""
    given = {consent["purpose"]: consent for consent in simulation.given(person, day)}
    asks = page.number == plan_of(part.version).consent_page
    save_page(
        part=part,
        page=page,
        answers={name: answer for name, answer in answers.items() if name in page.answer_names},
        base=fingerprint(part.sheet.part(page.answer_names)),
        sensitive_consent=given.get(consents.SENSITIVE) if asks else None,
    )


def _last_page(pages: tuple[Page, ...], rng: Random) -> int:
    """The page after which somebody stops; some read all of it and never press the last button."""
    for page in pages[:-1]:
        questions = list(page.questions)
        chance = _LEAVE + _LEAVE_A_QUESTION * len(questions)
        chance += _LEAVE_SENSITIVE * any(question.sensitive for question in questions)
        if rng.random() < chance / 100:
            return page.number
    return len(pages)


def _drafts(consultation: Consultation) -> int:
    found = Response.objects.filter(consultation=consultation, channel=Channel.SIMULATED)
    return found.filter(status=ResponseStatus.DRAFT).count()

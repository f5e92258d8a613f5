"""Simulated responses: valid, repeatable, and marked for good as what they are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from portal import audit

from ..answering import consents
from ..answering.consents import Consent
from ..answering.participation import today_of
from ..answering.plan import plan_of
from ..answering.submission import Incomplete, finished_response
from ..enums import Channel
from ..models import Consultation, QuestionnaireVersion, Response
from .person import Person, draw_person
from .walk import answers_of

BATCH = 500
# A questionnaire that refuses this many people in a row refuses everybody.
PATIENCE = 50
_USUAL_DAYS = 30
_MAY_BE_QUOTED = 0.55
_GIVES_SENSITIVE = 0.6


class CannotAnswer(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """The questionnaire demands something that no simulated person can give. The message says what."""


@dataclass(frozen=True)
class Simulation:
    """The same consultation, seed and number give the same person with the same answers."""

    consultation: Consultation
    version: QuestionnaireVersion
    seed: int
    language: str = ""

    def responses(self, count: int) -> Iterator[Response]:
        """Responses that are not stored yet. Raises ``CannotAnswer``."""
        days = days_of(self.consultation)
        countries = list(self.consultation.countries.values_list("code", flat=True))
        number = refused = 0
        while count:
            rng = Random(f"{self.consultation.slug}/{self.seed}/{number}")  # noqa: S311  (no secret is made)
            number += 1
            try:
                yield self._response(rng, days, countries)
            except Incomplete as incomplete:
                refused += 1
                if refused == PATIENCE:
                    raise CannotAnswer(_why(incomplete)) from incomplete
                continue
            refused = 0
            count -= 1

    def _response(self, rng: Random, days: dict[date, float], countries: Sequence[str]) -> Response:
        definition = self.version.definition
        identity = UUID(int=rng.getrandbits(128), version=4)
        day = rng.choices(list(days), list(days.values()))[0]
        person = draw_person(rng, languages=definition.languages, countries=countries, language=self.language)
        response = finished_response(
            consultation=self.consultation,
            version=self.version,
            answers=answers_of(person, definition, today=day),
            given=self.given(person, day),
            language=person.language,
            channel=Channel.SIMULATED,
            on=day,
        )
        response.id = identity
        return response

    def given(self, person: Person, day: date) -> list[Consent]:
        """The permissions that somebody gives who sends: always for use, sometimes for more."""
        purposes = [consents.USE]
        purposes += [consents.QUOTES] * (person.rng.random() < _MAY_BE_QUOTED)
        asks = plan_of(self.version).asked_by_portal
        purposes += [consents.SENSITIVE] * bool(asks and person.rng.random() < _GIVES_SENSITIVE)
        words = self._texts(person.language)
        number = self.version.number
        return [
            consents.consent(purpose, words[purpose], version=number, language=person.language, on=day)
            for purpose in purposes
        ]

    def _texts(self, language: str) -> dict[str, str]:
        with override(language):
            return {
                consents.USE: consents.use_text(str(self.consultation.unit.name)),
                consents.QUOTES: consents.quotes_text(),
                consents.SENSITIVE: str(
                    self.consultation.sensitive_consent or consents.default_sensitive_text()
                ),
            }


def simulate(simulation: Simulation, *, count: int) -> int:
    """Store responses, and say how many are new: people who are there already stay as they are."""
    before = _simulated(simulation.consultation)
    responses = simulation.responses(count)
    while batch := list(islice(responses, BATCH)):
        Response.objects.bulk_create(batch, ignore_conflicts=True)
    added = _simulated(simulation.consultation) - before
    audit.record("responses.simulated", target=simulation.consultation, by=None, count=added)
    return added


def remove(consultation: Consultation) -> int:
    """Delete every simulated response of a consultation; those of people are never touched."""
    simulated = Response.objects.filter(consultation=consultation, channel=Channel.SIMULATED)
    deleted = simulated.delete()[1].get(Response._meta.label, 0)
    audit.record("responses.simulated_removed", target=consultation, by=None, count=deleted)
    return deleted


def days_of(consultation: Consultation) -> dict[date, float]:
    """The days on which people may have answered, and how many tend to: most at first, fewer on Sundays."""
    last = today_of(consultation)
    if consultation.closes_at and consultation.closes_at < timezone.now():
        last = today_of(consultation, consultation.closes_at)
    first = last - timedelta(days=_USUAL_DAYS - 1)
    if consultation.opens_at:
        first = min(last, today_of(consultation, consultation.opens_at))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {day: (0.25 + math.exp(-n / 9)) * (0.6 if day.weekday() == 6 else 1) for n, day in enumerate(days)}


def _simulated(consultation: Consultation) -> int:
    return Response.objects.filter(consultation=consultation, channel=Channel.SIMULATED).count()


def _why(incomplete: Incomplete) -> str:
    return "; ".join(f"{error.name}: {error.code}" for error in incomplete.errors[:5])

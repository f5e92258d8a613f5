"""An answer that a simulated person might give: one function a kind of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from ..instrument.definition import Choice, Question, QuestionKind
from ..instrument.kinds import ACKNOWLEDGED, MAX_LENGTH, bounds
from . import texts
from .person import Person, pick
from .weights import ALONE, RARE, WEIGHTS

_TAKES_CONSENT = 0.62
_KNOWS_OFFICE = 0.85


@dataclass(frozen=True)
class Ask:
    """A question as it is put to one person: the options on offer, and the day."""

    question: Question
    offered: Sequence[Choice]
    today: date
    # How often an answer was tried and refused before: numbers then look further afield.
    tries: int = 0


def answer_to(ask: Ask, person: Person, row: str = "") -> Any:
    """An answer in its stored shape, or ``None``. ``row`` is the row of a matrix."""
    return _ANSWERS[ask.question.kind](ask, person, row)


@lru_cache(maxsize=10_000)
def weight_of(question: str, name: str) -> float:
    """From the table, else a popularity that comes from the names alone, the same on every machine."""
    known = WEIGHTS.get(question)
    if known is not None:
        return known.get(name, 1.0)
    chance = blake2b(f"{question}/{name}".encode(), digest_size=2).digest()
    return RARE.get(name, 0.3 + int.from_bytes(chance, "big") / 40_000)


def _one(ask: Ask, person: Person, row: str) -> str | None:
    if not ask.offered:
        return person.country if ask.question.kind is QuestionKind.COUNTRY else None
    offered = {choice.name for choice in ask.offered}
    if "country" in ask.question.name and person.country in offered:
        return person.country
    if "office" in ask.question.name and person.office in offered and person.rng.random() < _KNOWS_OFFICE:
        return person.office
    grades = [choice.name for choice in ask.offered if choice.name.isdigit()]
    if len(grades) > 2 and person.rng.random() > RARE["na"]:
        return _grade(person, grades, row or ask.question.name)
    return pick(person.rng, _weights(ask))


def _grade(person: Person, grades: Sequence[str], about: str) -> str:
    """Around the middle, moved by the person's mood and by how the matter itself is seen."""
    matter = weight_of("matter", about) / 2 - 0.5
    middle = (len(grades) - 1) / 2
    place = round(person.rng.gauss(middle * (1 + 0.45 * person.mood + 0.4 * matter), len(grades) / 5))
    return grades[max(0, min(len(grades) - 1, place))]


def _several(ask: Ask, person: Person, row: str) -> list[str] | None:
    if not ask.offered:
        return None
    chosen = _in_turn(ask, person)
    if chosen[0] in ALONE or _is_exclusive(ask, chosen[0]):
        return chosen[:1]
    free = [name for name in chosen if name not in ALONE and not _is_exclusive(ask, name)]
    least, most = ask.question.min_choices or 1, ask.question.max_choices or len(free)
    count = max(least, min(most, person.rng.choice((1, 1, 2, 2, 2, 3, 3, 4))))
    picked = set(free[:count])
    return [choice.name for choice in ask.offered if choice.name in picked]


def _ranking(ask: Ask, person: Person, row: str) -> list[str] | None:
    order = _in_turn(ask, person)
    whole = ask.question.required or person.rng.random() < 0.7
    most = ask.question.max_choices or len(order)
    return order[: most if whole else min(3, most)] or None


def _is_exclusive(ask: Ask, name: str) -> bool:
    return any(choice.exclusive for choice in ask.offered if choice.name == name)


def _in_turn(ask: Ask, person: Person) -> list[str]:
    """All options on offer, the likelier ones sooner (Efraimidis and Spirakis, 2006)."""
    keys = {name: person.rng.random() ** (1 / weight) for name, weight in _weights(ask).items()}
    return sorted(keys, key=keys.__getitem__, reverse=True)


def _weights(ask: Ask) -> dict[str, float]:
    return {choice.name: max(weight_of(ask.question.name, choice.name), 0.01) for choice in ask.offered}


def _scale(ask: Ask, person: Person, row: str) -> int | float:
    start, end, step = (float(number) for number in bounds(ask.question) if number is not None)
    steps = round((end - start) / step)
    place = round(person.rng.gauss(steps * (0.62 + 0.22 * person.mood), steps / 5))
    value = start + step * max(0, min(steps, place))
    return int(value) if value.is_integer() else round(value, 6)


def _integer(ask: Ask, person: Person, row: str) -> int:
    start, end, _step = bounds(ask.question)
    if start is not None or end is not None:
        low = start if start is not None else (end or 0) - 100
        return int(person.rng.uniform(low, end if end is not None else low + 100))
    guesses = (
        lambda: ask.today.year - abs(round(person.rng.gauss(0, 16))),
        lambda: person.rng.randint(18, 80),
        lambda: person.rng.randint(0, 10),
    )
    return guesses[(ask.tries + ("year" not in ask.question.name)) % len(guesses)]()


def _decimal(ask: Ask, person: Person, row: str) -> float:
    return float(_integer(ask, person, row))


def _date(ask: Ask, person: Person, row: str) -> str:
    return (ask.today - timedelta(days=person.rng.randint(0, 700))).isoformat()


def _short(ask: Ask, person: Person, row: str) -> str:
    most = ask.question.max_length or MAX_LENGTH[ask.question.kind]
    if "city" in ask.question.name or "region" in ask.question.name:
        return person.city[:most]
    return texts.short_text(person.rng, person.language, most=most)


def _long(ask: Ask, person: Person, row: str) -> str:
    most = ask.question.max_length or MAX_LENGTH[ask.question.kind]
    return texts.long_text(person.rng, person.language, about=ask.question.name, most=most)


def _acknowledge(ask: Ask, person: Person, row: str) -> str | None:
    agrees = ask.question.required or person.rng.random() < _TAKES_CONSENT
    return ACKNOWLEDGED if agrees else None


_K = QuestionKind
_ANSWERS: Mapping[QuestionKind, Callable[[Ask, Person, str], Any]] = {
    _K.SINGLE_CHOICE: _one,
    _K.MULTIPLE_CHOICE: _several,
    _K.SCALE: _scale,
    _K.MATRIX: _one,
    _K.RANKING: _ranking,
    _K.INTEGER: _integer,
    _K.DECIMAL: _decimal,
    _K.DATE: _date,
    _K.SHORT_TEXT: _short,
    _K.LONG_TEXT: _long,
    _K.COUNTRY: _one,
    _K.CONSULAR_OFFICE: _one,
    _K.ACKNOWLEDGE: _acknowledge,
    _K.NOTE: lambda ask, person, row: None,
}

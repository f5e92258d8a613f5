"""One simulated person: what stays the same over all their answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from .diaspora import ANYWHERE, CITIES, COUNTRIES, ELSEWHERE, LANGUAGES, Weights


@dataclass(frozen=True)
class Person:
    """``mood`` (about -1 to 1) runs through all ratings; ``reserve`` (0 to 1) through what is left blank."""

    rng: Random
    country: str
    language: str
    city: str
    office: str
    mood: float
    reserve: float


def draw_person(
    rng: Random, *, languages: Collection[str], countries: Collection[str] = (), language: str = ""
) -> Person:
    """Somebody from one of ``countries`` (anywhere, if none are given) who speaks one of ``languages``."""
    country = pick(rng, {c: COUNTRIES.get(c, 0.5) for c in countries} or COUNTRIES)
    city = rng.choice(list(CITIES.get(country, ELSEWHERE)))
    spoken = {c: w for c, w in LANGUAGES.get(country, ANYWHERE).items() if c in languages}
    return Person(
        rng=rng,
        country=country,
        language=language or pick(rng, spoken or dict.fromkeys(languages, 1)),
        city=city,
        office=CITIES.get(country, ELSEWHERE)[city],
        mood=max(-1.2, min(1.2, rng.gauss(0.1, 0.5))),
        reserve=rng.betavariate(2, 5),
    )


def pick(rng: Random, weights: Weights) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]

"""The target composition of a session: rules over profiles, counted, and kept while places are given away.

Pure: no database and no Django. A profile holds the answers that rules read: a text, or several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Profile = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Rule:
    """At least, at most so many people who gave one of ``options``; each answer by itself without options."""

    question: str
    options: frozenset[str] = frozenset()
    minimum: int | None = None
    maximum: int | None = None

    def groups(self, profiles: Iterable[Profile]) -> list[frozenset[str]]:
        """What is counted: the options together, or each answer that somebody gave, in order."""
        if self.options:
            return [self.options]
        given = {value for profile in profiles for value in values(profile, self.question)}
        return [frozenset({value}) for value in sorted(given)]


@dataclass(frozen=True)
class Count:
    """How many people a rule counts, for one of the things that it counts."""

    rule: Rule
    options: frozenset[str]
    people: int

    @property
    def missing(self) -> int:
        return max((self.rule.minimum or 0) - self.people, 0)

    @property
    def surplus(self) -> int:
        return 0 if self.rule.maximum is None else max(self.people - self.rule.maximum, 0)


def values(profile: Profile, question: str) -> tuple[str, ...]:
    """The answers of a person to a question; none where there is no answer."""
    answer = profile.get(question, ())
    return (answer,) if isinstance(answer, str) else tuple(answer)


def matches(profile: Profile, question: str, options: frozenset[str]) -> bool:
    return not options.isdisjoint(values(profile, question))


def counts(rules: Sequence[Rule], profiles: Sequence[Profile]) -> list[Count]:
    """Every rule beside what there is of it."""
    return [
        Count(rule, options, sum(matches(profile, rule.question, options) for profile in profiles))
        for rule in rules
        for options in rule.groups(profiles)
    ]


def deficits(rules: Sequence[Rule], profiles: Sequence[Profile]) -> list[Count]:
    """What is missing from the composition, or too much of it."""
    return [count for count in counts(rules, profiles) if count.missing or count.surplus]


def fits(rules: Sequence[Rule], seated: Sequence[Profile], candidate: Profile, capacity: int) -> bool:
    """Whether a session can take one more person and still come out as it should.

    No maximum is passed, and the places that are left can still hold those whom the minimums ask for: the
    unmet minimums of one question add up where one person cannot count for two of them.
    """
    profiles = [*seated, candidate]
    left = capacity - len(profiles)
    if left < 0:
        return False
    found = counts(rules, profiles)
    if any(count.surplus and matches(candidate, count.rule.question, count.options) for count in found):
        return False
    return all(need <= left for need in _needs(found))


def _needs(found: Iterable[Count]) -> Iterator[int]:
    """For each question, how many more people its minimums ask for at the least."""
    missing: dict[str, list[Count]] = {}
    for count in found:
        # A minimum for each answer by itself holds for the answers that there are.
        if count.missing:
            missing.setdefault(count.rule.question, []).append(count)
    for items in missing.values():
        shared = Counter(option for item in items for option in item.options)
        # Where options overlap, one person may count twice: the largest need alone is certain.
        overlap = any(times > 1 for times in shared.values())
        yield max(item.missing for item in items) if overlap else sum(item.missing for item in items)

"""The balanced draw: who takes part, by lot, so that every session has its composition.

Each person gets a lot between 0 and 1 from the published seed and their pseudonym (SHA-256). Among all
choices that fill as many places as can be filled and keep every quota, the one with the greatest sum of lots
is taken. Two people who are alike (same answers to what the quotas read, same sessions) can be exchanged for
each other in every choice, so their chances are equal, whatever the quotas; ADR 0011 has the argument.

The choice is an integer programme, solved exactly (HiGHS through SciPy). Lots are real numbers, so there is
one best choice in practice, and any exact solver finds the same: whoever has the entries and the seed can
repeat the draw. Pure: no database and no Django.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from .composition import Profile, Rule, matches, values

ALGORITHM = "balanced-draw/1"


@dataclass(frozen=True)
class Entry:
    """Somebody in the draw: a pseudonym, what the quotas read, and the sessions that they can come to."""

    id: str
    profile: Profile
    sessions: frozenset[int]

    @cached_property
    def stratum(self) -> tuple[object, ...]:
        """People with the same are alike to the draw."""
        answers = tuple((name, tuple(sorted(values(self.profile, name)))) for name in sorted(self.profile))
        return (answers, tuple(sorted(self.sessions)))


@dataclass(frozen=True)
class Seats:
    """A session in the draw: its places, and who holds one already."""

    capacity: int
    seated: Sequence[Profile] = ()

    @property
    def free(self) -> int:
        return max(self.capacity - len(self.seated), 0)


@dataclass(frozen=True)
class Shortfall:
    """A minimum that cannot be met: of which rule and options, in which session, by how many people."""

    rule: Rule
    options: frozenset[str]
    session: int
    people: int


class Infeasible(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """No choice keeps all the minimums. ``shortfalls`` are as small as they can be, in sum."""

    def __init__(self, shortfalls: Sequence[Shortfall]) -> None:
        super().__init__("The quotas cannot all be met.")
        self.shortfalls = tuple(shortfalls)


@dataclass(frozen=True)
class Selection:
    """Session → pseudonyms, each in the order of their lots, and everybody else in that order."""

    chosen: Mapping[int, tuple[str, ...]]
    others: tuple[str, ...] = field(default=())


def lot(seed: str, pseudonym: str) -> float:
    """A number from 0 to 1 that nobody can choose: the first 52 bits of SHA-256 of seed and pseudonym."""
    digest = hashlib.sha256(f"{seed}\n{pseudonym}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 12) / 2**52


def draw(
    entries: Sequence[Entry], sessions: Mapping[int, Seats], rules: Sequence[Rule], *, seed: str
) -> Selection:
    """Choose. The order of ``entries`` does not matter. Raises ``Infeasible``."""
    lots = {entry.id: lot(seed, entry.id) for entry in entries}
    ordered = sorted(entries, key=lambda entry: (-lots[entry.id], entry.id))
    programme = _Programme(_candidates(ordered, sessions), sessions, rules)
    chosen = _by_lot(programme.solve(lots), ordered, sessions)
    taken = {pseudonym for names in chosen.values() for pseudonym in names}
    return Selection(chosen, tuple(entry.id for entry in ordered if entry.id not in taken))


def _candidates(ordered: Sequence[Entry], sessions: Mapping[int, Seats]) -> list[Entry]:
    """The first of each stratum, as many as there are places: further ones are never the better choice."""
    places = sum(seats.free for seats in sessions.values())
    seen: dict[tuple[object, ...], int] = defaultdict(int)
    found = []
    for entry in ordered:
        seen[entry.stratum] += 1
        if seen[entry.stratum] <= places and entry.sessions & sessions.keys():
            found.append(entry)
    return found


def _by_lot(
    chosen: Mapping[int, Iterable[Entry]], ordered: Sequence[Entry], sessions: Mapping[int, Seats]
) -> dict[int, tuple[str, ...]]:
    """Within a stratum the first lots take part, and the first of these have the earlier session."""
    waiting: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for entry in ordered:
        waiting[entry.stratum].append(entry.id)
    place = {entry.id: number for number, entry in enumerate(ordered)}
    result = {}
    for session in sessions:
        names = [waiting[entry.stratum].pop(0) for entry in chosen.get(session, ())]
        result[session] = tuple(sorted(names, key=place.__getitem__))
    return result


@dataclass(frozen=True)
class _Row:
    """One restriction: the variables that it counts, and between which numbers."""

    variables: Sequence[int]
    low: float
    high: float
    # Where the minimum comes from, for what is said when it cannot be met.
    minimum_of: tuple[Rule, frozenset[str], int] | None = None


class _Programme:
    """A variable for each person and session that they can come to: 1 if they take part in it."""

    def __init__(
        self, entries: Sequence[Entry], sessions: Mapping[int, Seats], rules: Sequence[Rule]
    ) -> None:
        self.entries, self.sessions, self.rules = entries, sessions, rules
        self.variables = [(e, s) for e in entries for s in sorted(e.sessions & sessions.keys())]
        self.rows = [*self._one_session_each(), *self._places(), *self._quotas()]

    def solve(self, lots: Mapping[str, float]) -> dict[int, list[Entry]]:
        """First as many people as can be, then the greatest sum of lots among such choices."""
        if not self.variables:
            self._require_no_minimum()
            return {}
        self._require_feasible()
        count = np.ones(len(self.variables))
        most = round(float(self._optimum(-count, self.rows) @ count))
        everyone = _Row(range(len(self.variables)), most, most)
        weights = np.array([lots[entry.id] for entry, _session in self.variables])
        solution = self._optimum(-weights, [*self.rows, everyone])
        chosen: dict[int, list[Entry]] = {session: [] for session in self.sessions}
        for (entry, session), taken in zip(self.variables, solution, strict=True):
            if taken > 0.5:
                chosen[session].append(entry)
        return chosen

    def _one_session_each(self) -> Iterator[_Row]:
        own: dict[str, list[int]] = defaultdict(list)
        for number, (entry, _session) in enumerate(self.variables):
            own[entry.id].append(number)
        yield from (_Row(numbers, 0, 1) for numbers in own.values() if len(numbers) > 1)

    def _places(self) -> Iterator[_Row]:
        for session, seats in self.sessions.items():
            yield _Row([n for n, (_e, s) in enumerate(self.variables) if s == session], 0, seats.free)

    def _quotas(self) -> Iterator[_Row]:
        known = [entry.profile for entry in self.entries]
        for session, seats in self.sessions.items():
            people = [(n, e) for n, (e, s) in enumerate(self.variables) if s == session]
            for rule in self.rules:
                for options in rule.groups([*known, *seats.seated]):
                    yield self._quota(rule, options, session, people)

    def _quota(
        self, rule: Rule, options: frozenset[str], session: int, people: Sequence[tuple[int, Entry]]
    ) -> _Row:
        """What is left of a quota once those who sit already are counted."""
        here = sum(matches(p, rule.question, options) for p in self.sessions[session].seated)
        high = np.inf if rule.maximum is None else max(rule.maximum - here, 0)
        low = max((rule.minimum or 0) - here, 0)
        counted = [n for n, entry in people if matches(entry.profile, rule.question, options)]
        return _Row(counted, low, high, (rule, options, session) if low else None)

    def _require_no_minimum(self) -> None:
        short = [Shortfall(*row.minimum_of, int(row.low)) for row in self.rows if row.minimum_of]
        if short:
            raise Infeasible(short)

    def _require_feasible(self) -> None:
        """Let every minimum give way, for as few people as possible; what gave way is what is named."""
        minimums = [number for number, row in enumerate(self.rows) if row.minimum_of]
        if not minimums:
            return
        size = len(self.variables)
        costs = np.concatenate([np.zeros(size), np.ones(len(minimums))])
        relaxed = list(self.rows)
        for place, number in enumerate(minimums):
            row = self.rows[number]
            relaxed[number] = _Row(row.variables, -np.inf, row.high)
            relaxed.append(_Row([*row.variables, size + place], row.low, np.inf))
        solution = self._optimum(costs, relaxed, slack=[self.rows[number].low for number in minimums])
        short = [
            Shortfall(*found, round(float(solution[size + place])))
            for place, number in enumerate(minimums)
            if (found := self.rows[number].minimum_of) and solution[size + place] > 0.5
        ]
        if short:
            raise Infeasible(short)

    def _optimum(self, costs: np.ndarray, rows: Sequence[_Row], slack: Sequence[float] = ()) -> np.ndarray:
        """The cheapest whole numbers that keep the restrictions; shape: (variables + slack,)."""
        cells = [(number, variable) for number, row in enumerate(rows) for variable in row.variables]
        where = np.array(cells).reshape(-1, 2).T
        matrix = coo_array((np.ones(len(cells)), (where[0], where[1])), shape=(len(rows), len(costs)))
        limits = LinearConstraint(matrix.tocsr(), [row.low for row in rows], [row.high for row in rows])
        upper = np.concatenate([np.ones(len(self.variables)), np.array(slack, dtype=float)])
        result = milp(
            costs,
            integrality=np.ones(len(costs)),
            bounds=Bounds(0, upper),
            constraints=limits,
            options={"mip_rel_gap": 0.0},
        )
        if result.x is None:
            raise RuntimeError(f"The solver gave no answer: {result.message}")
        solution: np.ndarray = result.x
        return solution

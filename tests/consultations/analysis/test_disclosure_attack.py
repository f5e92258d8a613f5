"""Somebody with every table, and a solver, tries to find the few: no small number comes out.

What is published is written down as equations and inequalities over all combinations of answers; linear
programming then gives the least and the most that any number may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from consultations.analysis.axes import Axis
from consultations.analysis.crosstabs import CrossTab, crosstab
from consultations.analysis.disclosure import protected_crosstab, protected_tally
from consultations.analysis.figures import Line
from consultations.analysis.protection import Protection
from consultations.analysis.tallies import tally

from .people import OPTIONS, crowds, frame_of_crowd

ASKED = ("a", "b", "c")
# No answer is an answer of its own to the attacker.
WORLDS = list(product(*[[*OPTIONS[name], ""] for name in ASKED]))


class Attacker:
    """Knows the questionnaire, how figures are hidden and rounded, and every figure that is shown."""

    def __init__(self, people: list[dict[str, Any]], minimum: int) -> None:
        self.people, self.protection = people, Protection(minimum)
        self.frame = frame_of_crowd(people)
        self.exact: list[tuple[np.ndarray, float]] = []
        self.near: list[tuple[np.ndarray, float]] = []
        self._read_tallies()
        self._read_tables()

    def _read_tallies(self) -> None:
        for name in ASKED:
            shown = protected_tally(tally(self.frame, name), self.protection)
            if shown.bases.responses is not None:
                self.exact.append((where(), shown.bases.responses))
            if shown.bases.answered is not None:
                self.exact.append((sum(where(**{name: o}) for o in OPTIONS[name]), shown.bases.answered))
            line = shown.lines[0]
            for option in line.options:
                if option.count is not None:
                    self.exact.append((where(**{name: option.name}), option.count))
            if line.others and line.others.count is not None:
                together = sum(where(**{name: option.name}) for option in line.hidden)
                self.exact.append((together, line.others.count))

    def _read_tables(self) -> None:
        """Turned every way: whoever sees one table can ask for its turnings."""
        for rows, columns in permutations(ASKED, 2):
            self._read(protected_crosstab(crosstab(self.frame, rows, columns), self.protection))
        for rows, columns, layers in permutations(ASKED, 3):
            layered = crosstab(self.frame, rows, columns, layers=layers)
            self._read(protected_crosstab(layered, self.protection))

    def _read(self, shown: CrossTab) -> None:
        for table in shown.tables:
            fixed = where(**{shown.layers.field: table.layer.name}) if shown.layers and table.layer else 1
            rows, columns = people_of(shown.rows), people_of(shown.columns)
            for row, line in zip(rows, table.cells, strict=True):
                for column, cell in zip(columns, line, strict=True):
                    self._note(row * column * fixed, cell.count)
            for margins, groups, other in (
                (table.row_totals, rows, sum(columns)),
                (table.column_totals, columns, sum(rows)),
            ):
                for group, margin in zip(groups, margins, strict=True):
                    self._note(group * other * fixed, margin.count)

    def _note(self, people: np.ndarray, count: int | None) -> None:
        if count is not None:
            self.near.append((people, count))

    def bounds(self, people: np.ndarray) -> tuple[int, int]:
        """The least and the most that a number may be, by all that was shown."""
        reach = (self.protection.step - 1) / 2
        above = [row for row, _count in self.near] + [-row for row, _count in self.near]
        limits = [c + reach for _row, c in self.near] + [-(c - reach) for _row, c in self.near]
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * people,
                A_ub=np.array(above) if above else None,
                b_ub=limits or None,
                A_eq=np.array([row for row, _count in self.exact]),
                b_eq=[count for _row, count in self.exact],
            )
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6))

    def few(self) -> Iterator[tuple[dict[str, str], int, np.ndarray]]:
        """Every combination of up to three answers that fewer than the minimum gave."""
        for size in (1, 2, 3):
            for names in combinations(ASKED, size):
                for answers in product(*[OPTIONS[name] for name in names]):
                    wanted = dict(zip(names, answers, strict=True))
                    count = sum(all(p.get(n) == o for n, o in wanted.items()) for p in self.people)
                    if 0 < count < self.protection.minimum:
                        yield wanted, count, where(**wanted)


def where(**answers: str) -> np.ndarray:
    """Which worlds have these answers."""
    return np.array(
        [all(dict(zip(ASKED, w, strict=True))[n] == o for n, o in answers.items()) for w in WORLDS],
        dtype=float,
    )


def people_of(axis: Axis) -> list[np.ndarray]:
    """Which worlds are in each category, alone or taken together."""
    groups = [category.parts or (category.name,) for category in axis.categories]
    return [sum(where(**{axis.field: name}) for name in names) for names in groups]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.one_of(crowds(), crowds(smallest=150, largest=400)), st.sampled_from((5, 10)))
def test_no_small_number_can_be_named(people: list[dict[str, Any]], minimum: int) -> None:
    attacker = Attacker(people, minimum)

    for answers, count, worlds in attacker.few():
        least, most = attacker.bounds(worlds)
        assert least <= count <= most
        assert most > least, (answers, count)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(crowds(), st.sampled_from((5, 10)))
def test_small_numbers_could_as_well_be_shown_ones(people: list[dict[str, Any]], minimum: int) -> None:
    """Of the same crowds each time: in about one of a hundred, three tables narrow a number (ADR 0030)."""
    attacker = Attacker(people, minimum)

    for answers, count, worlds in attacker.few():
        assert attacker.bounds(worlds)[1] >= minimum, (answers, count)


def test_the_attack_finds_what_is_hidden_without_care() -> None:
    """One person alone said p; hiding only that number leaves it to subtraction."""
    people = [{"a": "p", "b": "x"}] + 20 * [{"a": "q", "b": "x"}] + 20 * [{"a": "r", "b": "x"}]
    attacker = Attacker(people, 5)
    planted = where(a="p")
    assert attacker.bounds(planted)[1] >= 5

    attacker.exact += [(where(a="q"), 20), (where(a="r"), 20)]

    assert attacker.bounds(planted) == (1, 1)


def test_options_that_few_chose_stand_in_a_table_as_one() -> None:
    """Their sum is what the total tells anyway; a small one is hidden like any other."""
    counts = {"p": (4, 0, 0), "q": (1, 1, 2), "r": (0, 2, 1), "s": (30, 30, 30)}
    people = [
        {"a": a, "b": b}
        for a, line in counts.items()
        for b, n in zip("xyz", line, strict=True)
        for _ in range(n)
    ]

    shown = protected_crosstab(crosstab(frame_of_crowd(people), "a", "b"), Protection(5))

    assert [(c.name, c.parts) for c in shown.rows.categories] == [("s", ()), ("", ("p", "q", "r"))]
    assert [margin.count for margin in shown.tables[0].row_totals] == [90, 12]
    assert [cell.count for cell in shown.tables[0].cells[-1]] == [6, None, None]


def line_of(counts: dict[str, int], *, minimum: int, coarse: bool = False) -> Line:
    people = [{"a": name} for name, count in counts.items() for _person in range(count)]
    return protected_tally(tally(frame_of_crowd(people), "a"), Protection(minimum, coarse=coarse)).lines[0]


def test_options_that_few_chose_stand_in_a_tally_as_one() -> None:
    """Who knows how many answered can subtract: the sum of the hidden ones is no secret."""
    line = line_of({"p": 4, "q": 4, "r": 3, "s": 90}, minimum=5)

    assert [option.count for option in line.options] == [None, None, None, 90]
    assert line.others is not None
    assert (line.others.count, line.others.of_answered) == (11, pytest.approx(1100 / 101))


def test_options_taken_together_are_rounded_like_all_others() -> None:
    line = line_of({"p": 4, "q": 4, "r": 3, "s": 90}, minimum=5, coarse=True)

    assert line.others is not None
    assert line.others.count == 12


@pytest.mark.parametrize("counts", [{"p": 4, "s": 90}, {"p": 30, "s": 90}])
def test_nobody_stands_as_one_where_that_would_be_all_or_none(counts: dict[str, int]) -> None:
    assert line_of(counts, minimum=5).others is None


def test_options_of_several_choices_are_not_added_up() -> None:
    people = 4 * [{"m": ["j"]}] + 4 * [{"m": ["k"]}] + 60 * [{"m": ["l"]}]
    line = protected_tally(tally(frame_of_crowd(people), "m"), Protection(5)).lines[0]

    assert len(line.hidden) > 1
    assert line.others is None


def test_nothing_is_shown_of_fewer_than_the_minimum() -> None:
    people = 4 * [{"a": "p", "b": "x", "m": ["j"], "n": 1960}]
    frame = frame_of_crowd(people)
    protection = Protection(5)

    tallies = [protected_tally(tally(frame, name), protection) for name in "abmn"]
    table = protected_crosstab(crosstab(frame, "a", "b"), protection)

    assert [found.bases.responses for found in tallies] == [None] * 4
    assert {o.count for found in tallies for line in found.lines for o in line.options} == {None}
    assert {cell.count for line in table.tables[0].cells for cell in line} == {None}
    assert table.responses is None


def test_few_who_were_not_asked_are_not_told_by_who_was() -> None:
    """Logic sends everybody but two people to the next question: its base would say how many they are."""
    people = 2 * [{"a": "p"}] + 30 * [{"a": "q", "b": "x"}] + 30 * [{"a": "r", "b": "y"}]
    frame = frame_of_crowd(people, b={"relevant": "${a} != 'p'"})

    shown = protected_tally(tally(frame, "b"), Protection(5))

    assert (shown.bases.asked, shown.bases.answered) == (None, None)
    assert sum(o.count is None for o in shown.lines[0].options) == 1


def test_option_that_leads_to_a_question_is_not_told_by_its_base() -> None:
    """The base of the next question is q: to hide q beside p would hide nothing, so r is hidden."""
    people = 2 * [{"a": "p"}] + 12 * [{"a": "q", "b": "x"}] + 30 * [{"a": "r", "b": "y"}] + 50 * [{"a": "s"}]
    frame = frame_of_crowd(people, b={"relevant": "${a} = 'q'"})

    shown = protected_tally(tally(frame, "a"), Protection(5))

    assert tally(frame, "a").branches == (frozenset("q"),)
    assert [o.count for o in shown.lines[0].options] == [None, 12, None, 50]


def test_a_table_hides_the_same_however_it_is_turned() -> None:
    """Blocks widen by rows or by columns: turned, a table would show what it hid the other way."""
    counts = {"p": (8, 8, 13), "q": (11, 3, 14), "r": (15, 19, 15), "s": (5, 6, 12)}
    people = [
        {"a": a, "b": b}
        for a, line in counts.items()
        for b, n in zip("xyz", line, strict=True)
        for _ in range(n)
    ]
    frame = frame_of_crowd(people)

    one = protected_crosstab(crosstab(frame, "a", "b"), Protection(5))
    other = protected_crosstab(crosstab(frame, "b", "a"), Protection(5))

    cells = [[cell.count for cell in line] for line in one.tables[0].cells]
    assert cells == [list(line) for line in zip(*_counts_of(other), strict=True)]
    assert one.hides


def test_three_questions_are_split_by_one_of_them_alone() -> None:
    """By the one with the fewest options; what is hidden one way another turning would tell."""
    people = [{"a": a, "b": b, "c": c} for a in "pqrs" for b in "xyz" for c in "uvw" for _person in range(12)]
    frame = frame_of_crowd(people)
    shown = {
        layers: not protected_crosstab(crosstab(frame, rows, columns, layers=layers), Protection(5)).hides
        for rows, columns, layers in (("a", "b", "c"), ("a", "c", "b"), ("b", "c", "a"))
    }

    assert shown == {"c": False, "b": True, "a": False}


def _counts_of(table: CrossTab) -> list[list[int | None]]:
    return [[cell.count for cell in line] for line in table.tables[0].cells]


def test_sensitive_questions_are_protected_from_who_reads_single_responses_without_them() -> None:
    people = 2 * [{"a": "p", "b": "x"}] + 30 * [{"a": "q", "b": "x"}]
    frame = frame_of_crowd(people, a={"sensitive": True})
    analyst = Protection(5, applies=False, to_sensitive=True)

    table = protected_crosstab(crosstab(frame, "a", "b"), analyst)

    assert table.is_protected
    assert [category.parts for category in table.rows.categories] == [(), (), ("p", "q")]
    assert protected_tally(tally(frame, "a"), analyst).lines[0].options[0].count is None
    assert protected_tally(tally(frame, "b"), analyst) == tally(frame, "b")
    assert protected_crosstab(crosstab(frame, "a", "b"), Protection(5, False, False)) == crosstab(
        frame, "a", "b"
    )

"""Figures made safe to show: what could tell of fewer people than the minimum is ``None``, in the data
itself.

A template cannot leak by mistake what is not there. ADR 0030 says how it is decided what is hidden, ADR
0031 how filters are kept from being subtracted from each other, and what neither can promise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from . import protected_tables, protected_tallies
from .crosstabs import CrossTab
from .dropoff import QuestionReach, SectionReach
from .figures import Tally, percent
from .protection import Protection
from .schemes import Comparison
from .suppression import pool


def protected_tally(tally: Tally, protection: Protection) -> Tally:
    """The figures of a question as a person may see them."""
    if not protection.covers(sensitive=tally.sensitive):
        return tally
    return protected_tallies.protected(tally, protection)


def protected_crosstab(table: CrossTab, protection: Protection) -> CrossTab:
    """A table as a person may see it."""
    if not protection.covers(sensitive=table.is_sensitive):
        return table
    return protected_tables.protected(table, protection)


def protected_counts(
    counts: Mapping[str, tuple[int, float]], protection: Protection
) -> dict[str, tuple[int | None, float | None]]:
    """Responses by a field about the response (``tallies.by_context``), small ones hidden together."""
    if not protection.applies:
        return dict(counts)
    hidden = pool([count for count, _weight in counts.values()], protection.minimum)
    return {
        value: (None, None) if place in hidden else (protection.rounded(count), float(round(weight)))
        for place, (value, (count, weight)) in enumerate(counts.items())
    }


def protected_sections(found: Sequence[SectionReach], protection: Protection) -> list[SectionReach]:
    """Drop-off by section. The two counts of a section go together: they tell of the same people."""
    if not protection.applies:
        return list(found)
    left = pool([section.left_here or 0 for section in found], protection.minimum)
    return [
        replace(
            section,
            sent=protection.shown(section.sent or 0),
            unsent=protection.shown(section.unsent or 0),
            left_here=None if place in left else section.left_here,
        )
        for place, section in enumerate(found)
    ]


def protected_questions(found: Sequence[QuestionReach], protection: Protection) -> list[QuestionReach]:
    """Who was asked and who skipped. That a question was skipped is no answer; who was asked may tell of
    one. Under a filter both are rounded, as every count is.
    """
    if not protection.applies:
        return list(found)
    largest = max((question.asked or 0 for question in found), default=0)
    hidden = {
        question.question
        for question in found
        if protection.shown(question.asked or 0) is None
        or protection.shown(largest - (question.asked or 0)) is None
    }
    return [
        replace(q, asked=None, skipped=None)
        if q.question in hidden
        else replace(q, asked=protection.rounded(q.asked or 0), skipped=protection.rounded(q.skipped or 0))
        for q in found
    ]


def protected_comparison(
    found: Sequence[Comparison], protection: Protection, *, kept_back: Collection[str] = ()
) -> list[Comparison]:
    """The sample beside the population, small categories hidden together.

    ``kept_back`` are categories of the reference with people whom the tally of the question hides: what is
    hidden there, maybe for the sake of another question, is not shown here.
    """
    if not protection.applies:
        return list(found)
    start = {place for place, line in enumerate(found) if line.category in kept_back}
    hidden = pool([line.people or 0 for line in found], protection.minimum, start=start)
    return [
        replace(line, people=None, sample=None, weighted=None) if place in hidden else line
        for place, line in enumerate(_coarse(found, protection) if protection.coarse else found)
    ]


def _coarse(found: Sequence[Comparison], protection: Protection) -> list[Comparison]:
    """Under a filter: counts in steps, shares of these, weighted shares in whole percents."""
    people = [protection.rounded(line.people or 0) for line in found]
    return [
        replace(
            line,
            people=count,
            sample=percent(count, sum(people)),
            weighted=None if line.weighted is None else float(round(line.weighted)),
        )
        for line, count in zip(found, people, strict=True)
    ]

"""Exhibits of who answered beside who lives there, and the report on a weighting."""

from __future__ import annotations

import math
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..charts import comparing
from ..charts.shapes import Spec
from ..schemes import Comparison, in_words
from ..weighting import Raked
from .exhibits import Exhibit, Heading, Row, Shape, Unit, Value
from .look import Look
from .margins import Matching, category_label, parsed, references, suggested
from .saying import share
from .writing import listed, written


def exhibits(look: Look) -> list[Exhibit]:
    """One for each margin: those of the weighting that is chosen, else those that suggest themselves."""
    return [exhibit(matching, look) for matching in _matchings(look)]


def _matchings(look: Look) -> list[Matching]:
    found = references()
    return parsed(look, found, look.scheme.margins) if look.scheme else suggested(look, found)


def exhibit(matching: Matching, look: Look) -> Exhibit:
    lines = look.comparison(matching.margin, look.weights, question=matching.axis.question)
    weighted = look.weights is not None
    titles = [(_("People"), Unit.COUNT), (_("% who answered"), Unit.PERCENT)]
    titles += [(_("% weighted"), Unit.PERCENT)] if weighted else []
    titles += [(_("% who live there"), Unit.PERCENT), (_("Difference in points"), Unit.NUMBER)]
    rows = tuple(_row(line, matching, look, weighted=weighted) for line in lines)
    return Exhibit(
        key=matching.reference.variable,
        title=look.labels.field(matching.axis.field),
        headings=(Heading(_("Category"), Unit.TEXT), *(Heading(text, unit) for text, unit in titles)),
        rows=rows,
        shape=Shape.PAIRS,
        says=_farthest(rows),
        notes=(*_of_district(look), *_sources(lines)),
        bar=1,
        second=3 if weighted else 2,
        draw=lambda: _spec(rows, reference=3 if weighted else 2),
    )


def _row(line: Comparison, matching: Matching, look: Look, *, weighted: bool) -> Row:
    # Who is counted by no reference has no share there: that is no secret, and nothing is hidden.
    reference: Value = math.nan if line.reference is None else line.reference
    difference: Value = math.nan if line.reference is None else line.difference
    shares: tuple[Value, ...] = (line.sample, *((line.weighted,) if weighted else ()), reference, difference)
    return Row(category_label(matching, line.category, look), (line.people, *shares))


def _farthest(rows: tuple[Row, ...]) -> str:
    """The category with the largest difference."""
    known = [(abs(d), d, row.label) for row in rows if isinstance(d := row.values[-1], float) and d == d]
    if not known:
        return ""
    _size, difference, label = max(known)
    words = _("Too many: %(label)s.") if difference > 0 else _("Too few: %(label)s.")
    return _("Farthest from the population. ") + words % {"label": label}


def _of_district(look: Look) -> Iterator[str]:
    if look.scope:
        yield _("The reference counts all Peruvians abroad, not those of your district alone.")


def _sources(lines: list[Comparison]) -> Iterator[str]:
    """Each source once, with whom it counts."""
    seen = dict.fromkeys(
        (line.figure.definition, line.figure.source, line.figure.status) for line in lines if line.figure
    )
    for definition, source, status in seen:
        yield _("Reference: %(definition)s. Source: %(source)s (%(status)s).") % {
            "definition": definition,
            "source": source,
            "status": status or _("standing not known"),
        }


def _spec(rows: tuple[Row, ...], *, reference: int) -> Spec:
    pairs = [(row.label, share(row.values[1]), share(row.values[reference])) for row in rows]
    return comparing.dumbbells(pairs, names=(_("who answered"), _("who live there")))


def report(raked: Raked, look: Look) -> list[tuple[str, Value, Unit]]:
    """What the weights cost and how well they reach their margins."""
    lines: list[tuple[str, Value, Unit]] = [
        (
            _("Responses"),
            look.everybody if not look.protection.applies else look.unfiltered().total,
            Unit.COUNT,
        ),
        (_("Effective size"), round(raked.effective), Unit.COUNT),
        (_("Design effect"), round(raked.design_effect, 2), Unit.NUMBER),
        (_("Largest deviation from a margin, in points"), round(raked.largest_deviation, 2), Unit.NUMBER),
        (_("Rounds"), raked.rounds, Unit.COUNT),
    ]
    if not look.protection.applies:
        lines.append((_("Weights at a bound"), raked.at_bounds, Unit.COUNT))
    return lines


def sentences(raked: Raked, look: Look) -> Iterator[str]:
    """What the report means."""
    if raked.converged:
        yield _("All margins are met.")
    else:
        yield _(
            "Not all margins can be met within the bounds: shares are off by up to %(points)s points."
        ) % {"points": written(raked.largest_deviation, Unit.NUMBER)}
    yield _(
        "The weighted answers say as much as %(effective)s unweighted ones would. Weights repair the margins"
        " that are named and nothing else: who takes part by their own choice may differ in what was never"
        " asked."
    ) % {"effective": look.saying.number(round(raked.effective))}
    margins = {matching.reference.variable: matching for matching in _matchings(look)}
    for variable, names in raked.empty.items():
        yield _("Nobody answered from: %(names)s (%(variable)s). The others stand in for them.") % {
            "names": listed([_category(margins.get(variable), name, look) for name in names]),
            "variable": _variable(margins.get(variable), variable, look),
        }
    if not look.protection.applies:
        for variable, number in raked.unmatched.items():
            yield _("%(number)s responses match no category of %(variable)s; they keep their part.") % {
                "number": look.saying.number(number),
                "variable": _variable(margins.get(variable), variable, look),
            }


def _variable(matching: Matching | None, name: str, look: Look) -> str:
    """The question that stands beside a reference."""
    return look.labels.field(matching.axis.field) if matching else name


def _category(matching: Matching | None, name: str, look: Look) -> str:
    return category_label(matching, name, look) if matching else in_words(name)

"""Who answered, beside who lives there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..analysis import schemes, tallies
from ..analysis.axes import NoAxisError
from ..analysis.charts import shapes
from ..analysis.charts.shapes import Bar
from ..analysis.disclosure import Protection, protected_comparison, protected_counts
from ..analysis.frame import LANGUAGE, Frame
from ..analysis.schemes import Comparison
from ..instrument.definition import Question, QuestionKind
from ..models import Consultation, ReferenceFigure, WeightingScheme
from ..responses.overview import country_question
from . import words
from .blocks import Block, Figure, Heading, Paragraph, Table
from .words import NOTHING, Speaker

# How reference figures by country are named when they are imported.
COUNTRIES = "country"


def blocks(
    consultation: Consultation, frame: Frame, speaker: Speaker, protection: Protection
) -> Iterator[Block]:
    yield Heading(_("Who answered, and who lives there"))
    yield Heading(_("Languages"), 2)
    yield from _languages(frame, protection)
    margins = _margins(consultation) or _countries(frame)
    if not margins:
        yield Paragraph(
            _("Nobody chose reference figures on the whole population yet: no comparison can be made.")
        )
    for margin in margins:
        yield from _beside(frame, speaker, margin, protection)


def _languages(frame: Frame, protection: Protection) -> Iterator[Block]:
    counts = protected_counts(tallies.by_context(frame, LANGUAGE), protection)
    total = frame.table.height
    title = _("Language in which people answered")
    shares = {
        words.language_name(code): None if number is None else number / total
        for code, (number, _weight) in counts.items()
    }
    bars = [Bar(name, share) for name, share in shares.items()]
    spec = shapes.bars(bars, axis=_("Percent of responses"), hidden=words.HIDDEN)
    parts = "; ".join(f"{name}: {words.percent(_hundred(share))}" for name, share in shares.items())
    yield Figure(spec, title, _("Bar chart. %(parts)s.") % {"parts": parts})
    rows = [
        [
            words.language_name(code),
            words.count(number),
            words.percent(_hundred(None if number is None else number / total)),
        ]
        for code, (number, _weight) in counts.items()
    ]
    yield Table(title, [_("Language"), _("Responses"), _("Percent")], rows, frozenset({1, 2}), (4, 1, 1))


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _margins(consultation: Consultation) -> Sequence[Mapping[str, Any]]:
    """What the consultation's weightings compare, each variable of the population once."""
    found: dict[str, Mapping[str, Any]] = {}
    for scheme in WeightingScheme.objects.filter(consultation=consultation):
        for margin in scheme.margins:
            found.setdefault(margin["reference"], margin)
    return list(found.values())


def _countries(frame: Frame) -> Sequence[Mapping[str, Any]]:
    """Before anybody chose: countries, where somebody brought figures on them."""
    question = country_question(frame.definition)
    known = ReferenceFigure.objects.filter(variable=COUNTRIES).exists()
    return [{"column": question.name, "reference": COUNTRIES}] if question and known else []


def _beside(
    frame: Frame, speaker: Speaker, margin: Mapping[str, Any], protection: Protection
) -> Iterator[Block]:
    try:
        lines = protected_comparison(schemes.comparison(frame, margin), protection)
    except NoAxisError:
        return
    question = _question(frame, margin["column"])
    title = speaker.say(question.label) if question else str(margin["column"])
    yield Heading(title, 2)
    yield Table(
        _("%(title)s: those who answered beside the whole population") % {"title": title},
        [_("Group"), _("Answered"), _("Percent"), _("Population"), _("Difference")],
        [_row(line, frame, speaker, question, margin) for line in lines],
        numbers=frozenset({1, 2, 3, 4}),
        widths=(4, 2, 2, 2, 2),
        note=_note(lines),
    )


def _row(
    line: Comparison, frame: Frame, speaker: Speaker, question: Question | None, margin: Mapping[str, Any]
) -> list[str]:
    return [
        _group(line.category, frame, speaker, question, margin),
        words.count(line.people),
        words.percent(line.sample),
        NOTHING if line.reference is None else words.percent(line.reference),
        NOTHING if line.reference is None else _signed(line.difference),
    ]


def _signed(points: float | None) -> str:
    """In percentage points, with its sign."""
    said = words.decimal(points)
    return f"+{said}" if points is not None and points > 0 else said.replace("-", "−")


def _group(
    name: str, frame: Frame, speaker: Speaker, question: Question | None, margin: Mapping[str, Any]
) -> str:
    if not name:
        return _("not in the reference")
    if question is None:
        return schemes.in_words(name)
    matching = [own for own, reference in margin.get("match", {}).items() if reference == name]
    wanted = matching[0] if len(matching) == 1 else name
    for choice in frame.definition.choices_of(question):
        if choice.name == wanted:
            return speaker.say(choice.label) or name
    if question.kind is QuestionKind.COUNTRY or (len(name) == 2 and name.isupper()):
        return speaker.country(name)
    return _("others") if name == schemes.OTHER else schemes.in_words(name)


def _question(frame: Frame, column: str) -> Question | None:
    return next((v.question for v in frame.variables if v.column.name == column), None)


def _note(lines: Sequence[Comparison]) -> str:
    """Where the reference figures come from, each source once, and what is kept back."""
    figures = [line.figure for line in lines if line.figure]
    sources = list(dict.fromkeys(f"{f.definition}. {f.source}." for f in figures))
    said = [_("Population: %(source)s") % {"source": " ".join(sources)}] if sources else []
    said += [_("Difference in percentage points.")]
    if any(line.people is None for line in lines):
        said.append(_("* kept back, to protect people in small groups."))
    return " ".join(said)

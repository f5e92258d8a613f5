"""How answers came in, and who answered beside who lives there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from ..analysis.charts import shapes
from ..analysis.charts.shapes import Bar
from ..analysis.charts.world import world
from ..analysis.frame import LANGUAGE
from ..analysis.screens import overview, sampling
from ..analysis.screens.margins import Matching, parsed, references, suggested
from ..analysis.screens.options import FEWEST_ON_A_MAP
from ..instrument.definition import Question
from ..models import WeightingScheme
from ..responses.overview import country_question
from . import exhibited, words
from .blocks import Block, Figure, Heading, Paragraph, Table
from .printed import Printed
from .words import Speaker


def blocks(look: Printed, speaker: Speaker) -> Iterator[Block]:
    yield Heading(_("Who answered, and who lives there"))
    yield from _course(look)
    yield Heading(_("Languages"), 2)
    yield from _languages(look)
    yield from _countries(look, speaker)
    yield from _beside(look)


def _course(look: Printed) -> Iterator[Block]:
    for make in (overview.over_time, overview.sections):
        for exhibit in make(look):
            yield Heading(exhibit.title, 2)
            yield from exhibited.blocks(replace(exhibit, notes=exhibit.notes[: 1 + look.is_settled]))


def _languages(look: Printed) -> Iterator[Block]:
    counts = look.by_context(LANGUAGE)
    title = _("Language in which people answered")
    shares = {
        words.language_name(code): None if number is None or not look.total else number / look.total
        for code, (number, _weight) in counts.items()
    }
    bars = [Bar(name, share) for name, share in shares.items()]
    spec = shapes.bars(bars, axis=_("Percent of responses"), hidden=words.HIDDEN)
    parts = "; ".join(f"{name}: {words.percent(_hundred(share))}" for name, share in shares.items())
    yield Figure(spec, title, _("Bar chart. %(parts)s.") % {"parts": parts})
    rows = [
        [name, words.count(number), words.percent(_hundred(share))]
        for (name, share), (number, _weight) in zip(shares.items(), counts.values(), strict=True)
    ]
    yield Table(title, [_("Language"), _("Responses"), _("Percent")], rows, frozenset({1, 2}), (4, 1, 1))


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _countries(look: Printed, speaker: Speaker) -> Iterator[Block]:
    """On a map. The table stands with the question itself."""
    question = country_question(look.frame.definition)
    found = _by_country(look, question) if question else {}
    if question is None or len(found) < FEWEST_ON_A_MAP:
        return
    yield Heading(_("Where people answered from"), 2)
    ordered = sorted(found.items(), key=lambda item: -item[1])
    parts = "; ".join(f"{speaker.country(code)}: {words.count(number)}" for code, number in ordered)
    spec = world(found, legend=_("People"))
    yield Figure(spec, _("Where people answered from"), _("World map. %(parts)s.") % {"parts": parts})
    said = _("Countries without a colour have no answers, or so few that they are kept back.")
    there = _("The table stands with the question “%(question)s”.") % {
        "question": speaker.say(question.label)
    }
    yield Paragraph(f"{said} {there}")


def _by_country(look: Printed, question: Question) -> dict[str, int]:
    line = look.tally(question.name).lines[0]
    return {option.name.upper(): option.count for option in line.options if option.count}


def _beside(look: Printed) -> Iterator[Block]:
    matchings = _matchings(look)
    if not matchings:
        yield Paragraph(
            _("Nobody chose reference figures on the whole population yet: no comparison can be made.")
        )
    for matching in matchings:
        exhibit = sampling.exhibit(matching, look)
        yield Heading(exhibit.title, 2)
        caption = _("%(title)s: those who answered beside the whole population") % {"title": exhibit.title}
        names = (_("who answered"), _("who live there"))
        yield from exhibited.blocks(replace(exhibit, says=""), caption=caption, names=names)


def _matchings(look: Printed) -> Sequence[Matching]:
    """Those of the weighting that is used; else those of the consultation's weightings, each variable of the
    population once; else those that suggest themselves.
    """
    found = references()
    if look.scheme is not None:
        return parsed(look, found, look.scheme.margins)
    margins = {
        margin["reference"]: margin
        for scheme in WeightingScheme.objects.filter(consultation=look.consultation).order_by("-pk")
        for margin in scheme.margins
    }
    return parsed(look, found, list(margins.values())) if margins else suggested(look, found)

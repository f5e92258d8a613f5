"""How a consultation was made, and what its figures cannot say."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.clocks import long_date

from ..analysis.frame import CHANNEL, DAY, LANGUAGE, Frame
from ..analysis.screens import sampling
from ..analysis.screens.phrases import in_words
from ..analysis.screens.writing import written
from ..analysis.weighting import Raked
from ..enums import Channel
from ..models import Consultation, WeightingScheme
from . import words
from .blocks import Block, Bullets, Heading, Notice, Paragraph, Table
from .printed import Printed


def facts(look: Printed) -> list[tuple[str, str]]:
    """What stands on the first page."""
    consultation, frame = look.consultation, look.frame
    found = {
        _("Responsible"): str(consultation.unit),
        _("Period"): period(consultation, frame),
        _("Responses"): words.count(look.total),
        _("Only responses with"): chosen(look),
        _("Weights"): look.scheme.name if look.scheme and look.weights is not None else "",
        _("Languages"): words.languages(_spoken(frame)),
        _("Status"): consultation.get_status_display(),
    }
    return [(name, what) for name, what in found.items() if what]


def period(consultation: Consultation, frame: Frame) -> str:
    """The dates of opening and closing; without them the days of the first and last response."""
    days = frame.table[DAY]
    first, last = consultation.opens_at, consultation.closes_at
    start = timezone.localtime(first).date() if first else days.min()
    end = timezone.localtime(last).date() if last else days.max()
    return " – ".join(long_date(day) for day in (start, end) if day)  # type: ignore[arg-type]  # days are dates


def simulated(frame: Frame) -> int:
    return int((frame.table[CHANNEL] == Channel.SIMULATED.value).sum())


def chosen(look: Printed) -> str:
    """The filter in words; blank for every response."""
    return in_words(look.tree, look.labels)


def blocks(look: Printed) -> Iterator[Block]:
    consultation, frame = look.consultation, look.frame
    yield Heading(_("How this was done, and what it cannot say"))
    if simulated(frame):
        yield _warning(frame)
    if consultation.purpose:
        yield Heading(_("Why people were asked"), 2)
        yield from (Paragraph(line) for line in _lines(consultation.purpose))
    yield Heading(_("How it was done"), 2)
    yield Bullets(list(_method(look)))
    if look.raked is not None and look.scheme is not None:
        yield Heading(_("Weights"), 2)
        yield from _weights(look, look.scheme, look.raked)
    yield Heading(_("What the figures cannot say"), 2)
    yield Bullets(list(_limits(consultation)))


def _warning(frame: Frame) -> Notice:
    text = _(
        "%(simulated)s of the %(all)s responses are simulated: the portal made them to try itself out. They"
        " are nobody’s opinion. Do not use these figures for decisions."
    )
    numbers = {"simulated": words.count(simulated(frame)), "all": words.count(frame.table.height)}
    return Notice(_("Simulated responses"), text % numbers)


def _weights(look: Printed, scheme: WeightingScheme, raked: Raked) -> Iterator[Block]:
    """Which, how they came about, and what they cost. Unweighted figures stand beside the weighted ones."""
    yield Paragraph(
        _("Weighting “%(name)s”: raking (Deming and Stephan, 1940), weights from %(low)s to %(high)s.")
        % {
            "name": scheme.name,
            "low": words.decimal(float(scheme.lowest), 2),
            "high": words.decimal(float(scheme.highest), 2),
        }
        + " "
        + _("Weighted percentages stand beside the others, and never in their place.")
    )
    yield Bullets(list(sampling.sentences(raked, look)))
    yield Table(
        _("Report on the weights"),
        [_("Measure"), _("Value")],
        [[name, written(value, unit)] for name, value, unit in sampling.report(raked, look)],
        numbers=frozenset({1}),
        widths=(4, 1),
    )


def _method(look: Printed) -> Iterator[str]:
    consultation, frame = look.consultation, look.frame
    yield _(
        "Online questionnaire, open to everyone in the circle below, without an account and without a name."
    )
    if audience := words.listed([line.rstrip(".") for line in _lines(consultation.audience)]):
        yield _("Who could take part: %(audience)s.") % {"audience": audience}
    yield _("Period: %(period)s.") % {"period": period(consultation, frame)}
    yield _("Responses that were sent: %(count)s. What was begun and not sent is not counted.") % {
        "count": words.count(look.unfiltered().total)
    }
    if only := chosen(look):
        yield _("This report is about some of them alone: %(filter)s. That is %(count)s responses.") % {
            "filter": only,
            "count": words.count(look.total),
        }
        yield _(
            "Numbers of people are rounded to multiples of %(step)s, so that nobody can be worked out."
        ) % {"step": look.protection.step}
    if len(frame.versions) > 1:
        yield _("The questionnaire had %(count)s versions; the codebook has the wording of each.") % {
            "count": len(frame.versions)
        }
    yield _("Percentages are of those who answered the question, unless something else is said.")


def _limits(consultation: Consultation) -> Iterator[str]:
    yield _(
        "People decided by themselves to take part. The figures describe those who answered; they do not"
        " describe all Peruvians abroad, however many answered."
    )
    yield _("For this reason no margin of error is given: there is none that would be true of such a sample.")
    yield _(
        "Who has no connection, no time, or does not read one of the languages is missing more often than"
        " others. The next chapter compares those who answered with those who live there."
    )
    yield _(
        "To protect people, figures about fewer than %(minimum)s of them are kept back, and with them others"
        " from which they could be worked out. They are marked with %(sign)s."
    ) % {"minimum": consultation.minimum_cell, "sign": words.HIDDEN}


def _spoken(frame: Frame) -> list[str]:
    counted = (
        frame.table.group_by(LANGUAGE)
        .agg(pl.len().alias("n"))
        .sort(["n", LANGUAGE], descending=[True, False])
    )
    return counted[LANGUAGE].to_list()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

"""How a consultation was made, and what its figures cannot say."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..analysis.frame import CHANNEL, DAY, LANGUAGE, Frame
from ..enums import Channel
from ..models import Consultation
from . import words
from .blocks import Block, Bullets, Heading, Notice, Paragraph


def facts(consultation: Consultation, frame: Frame) -> list[tuple[str, str]]:
    """What stands on the first page."""
    found = {
        _("Responsible"): str(consultation.unit),
        _("Period"): period(consultation, frame),
        _("Responses"): words.count(frame.table.height),
        _("Languages"): words.listed([words.language_name(code) for code in _spoken(frame)]),
        _("Status"): consultation.get_status_display(),
    }
    return [(name, what) for name, what in found.items() if what]


def period(consultation: Consultation, frame: Frame) -> str:
    """The dates of opening and closing; without them the days of the first and last response."""
    days = frame.table[DAY]
    first, last = consultation.opens_at, consultation.closes_at
    start = timezone.localtime(first).date() if first else days.min()
    end = timezone.localtime(last).date() if last else days.max()
    return " – ".join(date_format(day) for day in (start, end) if day)  # type: ignore[arg-type]  # days are dates


def simulated(frame: Frame) -> int:
    return int((frame.table[CHANNEL] == Channel.SIMULATED.value).sum())


def blocks(consultation: Consultation, frame: Frame) -> Iterator[Block]:
    yield Heading(_("How this was done, and what it cannot say"))
    if simulated(frame):
        yield _warning(frame)
    if consultation.purpose:
        yield Heading(_("Why people were asked"), 2)
        yield from (Paragraph(line) for line in _lines(consultation.purpose))
    yield Heading(_("How it was done"), 2)
    yield Bullets(list(_method(consultation, frame)))
    yield Heading(_("What the figures cannot say"), 2)
    yield Bullets(list(_limits(consultation)))


def _warning(frame: Frame) -> Notice:
    text = _(
        "%(simulated)s of the %(all)s responses are simulated: the portal made them to try itself out. They"
        " are nobody’s opinion. Do not use these figures for decisions."
    )
    numbers = {"simulated": words.count(simulated(frame)), "all": words.count(frame.table.height)}
    return Notice(_("Simulated responses"), text % numbers)


def _method(consultation: Consultation, frame: Frame) -> Iterator[str]:
    yield _(
        "Online questionnaire, open to everyone in the circle below, without an account and without a name."
    )
    if audience := words.listed([line.rstrip(".") for line in _lines(consultation.audience)]):
        yield _("Who could take part: %(audience)s.") % {"audience": audience}
    yield _("Period: %(period)s.") % {"period": period(consultation, frame)}
    yield _("Responses that were sent: %(count)s. What was begun and not sent is not counted.") % {
        "count": words.count(frame.table.height)
    }
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

"""The facilitator's pack of a session: running sheet, seats with consents, needs. It names nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.clocks import on_clock

from ..enums import ConsentPurpose, Modality
from ..focus_groups import consents, guide
from ..focus_groups.spoken import languages_in_words
from ..models import FocusGroupSession, Registration, Seat
from .blocks import Block, Bullets, Document, Heading, Notice, Paragraph, Table, Words


def document(session: FocusGroupSession) -> Document:
    """In the active language."""
    moment = on_clock(session.starts_at, session.zone)
    return Document(
        title=str(session.group.title),
        subtitle=f"{moment.text} ({moment.place})",
        kind=_("Facilitator’s pack"),
        author=str(settings.SITE_NAME),
        language=get_language() or settings.LANGUAGE_CODE,
        made_on=timezone.localdate(),
        facts=list(_facts(session)),
        blocks=[*_running_sheet(session), *_seats(session)],
        words=Words(_("Contents"), _("Figure"), _("Table"), _("Page {page} of {pages}")),
    )


def _facts(session: FocusGroupSession) -> Iterator[tuple[str, str]]:
    yield _("Duration"), _("%(minutes)s minutes") % {"minutes": session.duration}
    yield _("Language of the conversation"), languages_in_words(session)
    where = _("Online") if session.modality == Modality.ONLINE else ""
    yield _("Place"), where or ", ".join(part for part in (session.place, session.address) if part)
    for label, said in (
        (_("Interpreter"), session.interpreter),
        (_("Accessibility"), session.accessibility),
        (_("Childcare"), session.childcare),
    ):
        if said:
            yield label, said


def _running_sheet(session: FocusGroupSession) -> Iterator[Block]:
    yield Heading(_("Running sheet"))
    items = guide.running_sheet(session)
    if not items:
        yield Paragraph(_("The group has no guide yet."))
        return
    yield Table(
        _("Topics with their hours in the session’s own time zone"),
        [_("Hour"), _("Minutes"), _("Topic")],
        [[f"{item.clock:%H:%M}", str(item.topic.minutes), str(item.topic.title)] for item in items],
        numbers=frozenset({1}),
        widths=[1, 1, 5],
    )
    for item in items:
        if prompts := [line.strip() for line in str(item.topic.prompts).splitlines() if line.strip()]:
            yield Heading(f"{item.clock:%H:%M} {item.topic.title}", 2)
            yield Bullets(prompts)


def _seats(session: FocusGroupSession) -> Iterator[Block]:
    yield Heading(_("Who takes part"))
    yield Notice(
        _("Seats, not names"),
        _("In notes and transcripts people appear by the number of their seat. Write no names here."),
    )
    asked = list(consents.current(session.group))
    seats = list(_taken(session))
    if not seats:
        yield Paragraph(_("Nobody holds a place in this session yet."))
        return
    yield Table(
        _("Seats, states and consents"),
        [_("Seat"), _("State"), *[str(purpose.label) for purpose in asked]],
        [[_name(seat), _state(seat), *_agreed(seat, asked)] for seat in seats],
        widths=[3, 3, *[2] * len(asked)],
        note=_("“No” also where a consent was taken back. Ask again at the beginning, one by one."),
    )
    # In no order that would lead from a need to a seat.
    if needs := sorted({need for seat in seats if (need := _need(seat))}):
        yield Heading(_("What people need to take part"), 2)
        yield Bullets(needs)


def _taken(session: FocusGroupSession) -> Iterator[Seat]:
    held = session.seats.filter(registration__isnull=False).select_related("registration__contact")
    yield from held.prefetch_related("registration__consents__version")


def _name(seat: Seat) -> str:
    return _("Participant %(number)s") % {"number": seat.number}


def _state(seat: Seat) -> str:
    return str(_person(seat).get_status_display())


def _agreed(seat: Seat, asked: Sequence[ConsentPurpose]) -> list[str]:
    given = _person(seat).consents.all()
    standing = {consent.version.purpose for consent in given if consent.withdrawn_at is None}
    return [_("yes") if purpose.value in standing else _("no") for purpose in asked]


def _need(seat: Seat) -> str:
    contact = getattr(_person(seat), "contact", None)
    return " ".join(contact.needs.split()) if contact else ""


def _person(seat: Seat) -> Registration:
    assert seat.registration is not None  # noqa: S101  (asked for by the query)
    return seat.registration

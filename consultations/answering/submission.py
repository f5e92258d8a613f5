"""What happens to a response: a page is saved, the whole is sent, or it is withdrawn.

Each verb is safe to repeat. What was sent once keeps counting while its owner edits it: edits wait beside
it (``Response.changes``) until they are sent in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from ..enums import Channel, ResponseStatus
from ..instrument.answers import AnswerError
from ..lifecycle import NotAllowed, accepts_answers
from ..models import Consultation, ParticipationCode, QuestionnaireVersion, Response
from . import codes, consents, traces
from .consents import Consent
from .participation import Participation
from .plan import Page, plan_of
from .sheet import Sheet, fingerprint


class Conflict(Exception):  # noqa: N818  (it is a state of affairs, shown as a page, not a fault)
    """Another window saved other answers to the same page. ``stored`` is what it saved."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        super().__init__()
        self.stored = stored


class Incomplete(Exception):  # noqa: N818  (the same)
    """The sheet cannot be sent yet."""

    def __init__(self, errors: list[AnswerError]) -> None:
        super().__init__()
        self.errors = errors


@transaction.atomic(savepoint=False)
def save_page(
    *,
    part: Participation,
    page: Page,
    answers: Mapping[str, Any],
    base: str,
    sensitive_consent: Consent | bool | None = None,
    goes_on: bool = True,
) -> Sheet:
    """Put the answers of one page in place of those that are stored for it.

    ``base`` is the fingerprint of the stored answers from which the page was drawn; when others have been
    saved since, nothing is written and ``Conflict`` says what. ``sensitive_consent`` is the permission given
    on this page, ``False`` when it was taken back, ``None`` when it was not asked. Whoever does not go on
    finds this page again another day. Call it with a locked ``part``; raises ``NotAllowed`` after closing.
    """
    _require_open(part)
    before = part.sheet
    stored = before.part(page.answer_names)
    if base != fingerprint(stored) and dict(answers) != stored:
        raise Conflict(stored)
    kept = {name: answer for name, answer in before.answers.items() if name not in page.answer_names}
    sheet = replace(
        before,
        answers={**kept, **answers},
        sections=_with_sections(before.sections, page),
        consents=_with_sensitive(before.consents, sensitive_consent),
        left_in=_left_in(before, page, goes_on=goes_on),
    ).settled(part.plan, version=part.version.number, today=part.today)
    _store(part, sheet)
    return sheet


@transaction.atomic(savepoint=False)
def submit(*, part: Participation, agreed: Iterable[Consent], base: str) -> Response:
    """Send what was answered. Sent twice, it counts once.

    ``agreed`` are the permissions given on the last page; ``base`` is the fingerprint of the answers that
    were checked there. Raises ``Incomplete``, ``Conflict`` or ``NotAllowed``.
    """
    _require_open(part)
    if base != fingerprint(part.sheet.answers):
        raise Conflict(part.sheet.answers)
    sheet = _with_agreed(part.sheet, agreed).settled(part.plan, version=part.version.number, today=part.today)
    errors = sheet.errors(part.plan, today=part.today)
    if errors:
        raise Incomplete(errors)
    sent_before = part.is_sent
    response = part.response or _create(part, sheet)
    part.response = response
    send(response, sheet, on=part.today)
    response.revision += 1
    response.save()
    if sent_before:
        traces.follow(response)
    return response


def send(response: Response, sheet: Sheet, *, on: date) -> None:
    """Make a checked sheet the one that counts. The day of the first sending stands."""
    response.changes = None
    response.answers, response.sections = dict(sheet.answers), list(sheet.sections)
    response.consents, response.language = list(sheet.consents), sheet.language
    response.left_in = ""
    response.status = ResponseStatus.SUBMITTED
    response.submitted_on = response.submitted_on or on
    response.saved_on = on


@transaction.atomic(savepoint=False)
def withdraw(*, part: Participation) -> None:
    """Erase the answers for good. The code stays, so that it can say that they were withdrawn."""
    _require_open(part)
    response = part.response
    if response is None or response.status == ResponseStatus.WITHDRAWN:
        return
    response.status = ResponseStatus.WITHDRAWN
    response.answers, response.sections, response.consents = {}, [], []
    response.changes, response.submitted_on, response.left_in = None, None, ""
    response.saved_on = part.today
    response.revision += 1
    response.save()
    traces.follow(response)


def finished_response(
    *,
    consultation: Consultation,
    version: QuestionnaireVersion,
    answers: Mapping[str, Any],
    given: Iterable[Consent],
    language: str,
    channel: Channel,
    on: date,
) -> Response:
    """A sent response that is not stored yet, through the same pruning and checks as anybody's.

    For answers that come in bulk: the caller stores them (``bulk_create``). Raises ``Incomplete``.
    """
    plan = plan_of(version)
    sections = tuple(section.name for section in plan.definition.sections)
    sheet = Sheet(answers, sections, tuple(given), language).settled(plan, version=version.number, today=on)
    errors = sheet.errors(plan, today=on)
    if errors:
        raise Incomplete(errors)
    response = Response(
        consultation=consultation, version=version, channel=channel, started_on=on, saved_on=on, revision=1
    )
    send(response, sheet, on=on)
    return response


def _require_open(part: Participation) -> None:
    if not accepts_answers(part.consultation):
        raise NotAllowed("closed")
    if part.is_withdrawn:
        raise NotAllowed("withdrawn")


def _store(part: Participation, sheet: Sheet) -> None:
    if part.response is None:
        part.response = _create(part, sheet)
        return
    response = part.response
    _forget_what_is_not_permitted(part, sheet)
    sheet.write_to(response)
    response.revision += 1
    response.saved_on = part.today
    response.save(
        update_fields=[
            "answers", "sections", "consents", "language", "left_in", "changes", "revision", "saved_on",
        ]
    )  # fmt: skip
    if part.is_sent:
        traces.follow(response)


def _create(part: Participation, sheet: Sheet) -> Response:
    """The first save. Two at once: the second meets the code's primary key and is tried again by the view."""
    response = Response(
        consultation=part.consultation,
        version=part.version,
        channel=part.channel,
        started_on=part.today,
        saved_on=part.today,
        revision=1,
    )
    sheet.write_to(response)
    response.save(force_insert=True)
    ParticipationCode.objects.create(digest=codes.digest(part.code), response=response)
    return response


def _forget_what_is_not_permitted(part: Participation, sheet: Sheet) -> None:
    """A permission that is taken back takes effect at once, also on answers that were sent before."""
    response = part.response
    if response is None or response.status != ResponseStatus.SUBMITTED:
        return
    lost = consents.purposes(response.consents) - consents.purposes(sheet.consents)
    for purpose in lost:
        response.consents = consents.without_consent(response.consents, purpose)
    taken_back = {name for name in part.plan.acknowledgements if consents.of_question(name) in lost}
    answers = {name: answer for name, answer in response.answers.items() if name not in taken_back}
    response.answers = consents.without_closed(part.plan, answers, response.consents)


def _with_sections(sections: tuple[str, ...], page: Page) -> tuple[str, ...]:
    return sections + tuple(section.name for section in page.sections if section.name not in sections)


def _left_in(before: Sheet, page: Page, *, goes_on: bool) -> str:
    """Going on from one page does not finish another that was left half way."""
    if not goes_on:
        return page.main.name
    return "" if before.left_in == page.main.name else before.left_in


def _with_sensitive(given: tuple[Consent, ...], answer: Consent | bool | None) -> tuple[Consent, ...]:
    if answer is None or answer is True:
        return given
    if answer is False:
        return tuple(consents.without_consent(given, consents.SENSITIVE))
    return given if consents.SENSITIVE in consents.purposes(given) else (*given, answer)


def _with_agreed(sheet: Sheet, agreed: Iterable[Consent]) -> Sheet:
    """The permissions of the last page are given anew at each sending: what is not ticked is taken back."""
    given: list[Consent] = list(sheet.consents)
    new = list(agreed)
    for purpose in {consents.USE, consents.QUOTES} - consents.purposes(new):
        given = consents.without_consent(given, purpose)
    for consent in new:
        given = consents.with_consent(given, consent)
    return replace(sheet, consents=tuple(given))

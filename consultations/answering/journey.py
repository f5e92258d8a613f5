"""Where somebody is on their way through a questionnaire, and where they can go from there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from ..instrument.definition import QuestionKind
from .participation import Participation
from .plan import Page
from .words import Said, Voice


@dataclass(frozen=True)
class Stop:
    """One knot of the belt."""

    page: Page
    position: int
    title: Said
    is_done: bool
    is_current: bool


def pages_shown(part: Participation) -> list[Page]:
    """The pages with something to answer for this person, in order.

    A questionnaire of notes alone still shows them.
    """
    sight = part.sheet.sight(part.plan, today=part.today)
    notes = {q.name for q in part.plan.definition.questions() if q.kind is QuestionKind.NOTE}
    to_answer = sight.questions - notes
    consent_page = part.plan.consent_page
    with_questions = [
        page for page in part.plan.pages if page.question_names & to_answer or page.number == consent_page
    ]
    return with_questions or [page for page in part.plan.pages if page.question_names & sight.questions]


def stops(part: Participation, voice: Voice, *, current: Page | None) -> list[Stop]:
    saved = set(part.sheet.sections)
    return [
        Stop(
            page=page,
            position=position,
            title=title_of(page, voice),
            is_done=page.main.name in saved,
            is_current=current is not None and page.number == current.number,
        )
        for position, page in enumerate(pages_shown(part), start=1)
    ]


def title_of(page: Page, voice: Voice) -> Said:
    return voice.say(page.main.label) if page.main.is_group else Said()


def after(part: Participation, page: Page) -> Page | None:
    return next((other for other in pages_shown(part) if other.number > page.number), None)


def before(part: Participation, page: Page) -> Page | None:
    return next((other for other in reversed(pages_shown(part)) if other.number < page.number), None)


def first_to_do(part: Participation) -> Page | None:
    """The first page that was never saved; ``None`` when all were."""
    saved = set(part.sheet.sections)
    return next((page for page in pages_shown(part) if page.main.name not in saved), None)


def left_half_way(part: Participation) -> Page | None:
    """The page that the person was on when they went away; ``None`` when they had gone on from it."""
    return next((page for page in pages_shown(part) if page.main.name == part.sheet.left_in), None)


def where_to(part: Participation) -> str:
    """The address at which somebody goes on."""
    slug = part.consultation.slug
    page = left_half_way(part)
    if part.is_sent and not page:
        return reverse("answering:review" if part.has_changes else "answering:receipt", args=[slug])
    page = page or first_to_do(part)
    return page_url(part, page) if page else reverse("answering:review", args=[slug])


def page_url(part: Participation, page: Page) -> str:
    return reverse("answering:page", args=[part.consultation.slug, page.number])

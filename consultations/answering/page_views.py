"""A page of the questionnaire: shown, saved, and left in one of several directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from . import codes, consents, journey, live, offices, submission, summary
from .access import with_part
from .consents import Consent
from .fields import CONTROL
from .forms import PageForm
from .limits import limited
from .participation import Participation
from .plan import Page
from .submission import Conflict
from .words import Said, Voice, field_of


@dataclass(frozen=True)
class Way:
    """Where a button of the page leads: ``next``, ``back``, ``leave``, ``stay``, ``auto`` (saved in
    passing, by the script) or ``to-<number>``."""

    name: str
    is_move: bool

    @classmethod
    def of(cls, request: HttpRequest) -> Way:
        move = f"{CONTROL}move" in request.POST
        return cls("stay" if move else request.POST.get(f"{CONTROL}go", "next"), move)

    @property
    def moves_on(self) -> bool:
        return self.name == "next"

    def address(self, part: Participation, page: Page, *, to_review: bool) -> str:
        slug = part.consultation.slug
        if self.name == "leave":
            return reverse("answering:code", args=[slug])
        if self.name == "stay":
            return journey.page_url(part, page)
        if self.name == "back":
            earlier = journey.before(part, page)
            return journey.page_url(part, earlier) if earlier else reverse("answering:landing", args=[slug])
        chosen = next((p for p in part.plan.pages if self.name == f"to-{p.number}"), None)
        following = chosen or (None if to_review else journey.after(part, page))
        return journey.page_url(part, following) if following else reverse("answering:review", args=[slug])


@csrf_exempt  # the same view asks where the form comes from
@limited("save")
def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _page(request, slug, number=number)


@with_part("GET", "HEAD", "POST")
def _page(request: HttpRequest, part: Participation, number: int) -> HttpResponse:
    found = part.plan.page(number)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _save(request, part, found)
    if found not in journey.pages_shown(part):
        return redirect(journey.where_to(part))
    form = PageForm(part, found, reader=reader_language())
    form.proposals = offices.proposals(part, found)
    return show(request, form)


def _save(request: HttpRequest, part: Participation, page: Page) -> HttpResponse:
    """Keep what is good, then go on; or show the page again with what has to be said about it."""
    form = PageForm(part, page, reader=reader_language(), data=request.POST)
    way = Way.of(request)
    errors = form.errors_for(moving_on=way.moves_on)
    if way.moves_on:
        form.propose()
    try:
        submission.save_page(
            part=part,
            page=page,
            answers=form.answers,
            base=request.POST.get(f"{CONTROL}base", ""),
            sensitive_consent=_sensitive_consent(form),
            goes_on=way.moves_on and not errors and not form.brings,
        )
    except Conflict as conflict:
        if way.name == "auto":
            return HttpResponse(status=409)
        return show(request, form, theirs=conflict.stored)
    if way.name == "auto":
        return HttpResponse(status=204, headers={"X-Page-Base": form.base})
    if errors or way.is_move:
        return show(request, form, shows_errors=bool(errors) and not way.is_move, way=way)
    if way.moves_on and form.brings:
        form.new_names = form.brings
        return show(request, form)
    return redirect(way.address(part, page, to_review=f"{CONTROL}review" in request.POST))


def _sensitive_consent(form: PageForm) -> Consent | bool | None:
    if not form.consent_is_asked_here or form.data is None or f"{CONTROL}consent-asked" not in form.data:
        return None
    if not form.consents_to_sensitive:
        return False
    part = form.part
    text = sensitive_text(part)
    return consents.consent(
        consents.SENSITIVE,
        text.text,
        version=part.version.number,
        language=text.lang or reader_language(),
        on=part.today,
    )


def sensitive_text(part: Participation) -> Said:
    """What is agreed to before the first sensitive question: the consultation's text, else a plain one."""
    own = field_of(part.consultation, "sensitive_consent", page=reader_language())
    return own or Said(consents.default_sensitive_text())


def show(
    request: HttpRequest,
    form: PageForm,
    *,
    theirs: Mapping[str, Any] | None = None,
    shows_errors: bool = False,
    way: Way | None = None,
) -> HttpResponse:
    part, page = form.part, form.page
    errors = form.errors_for(moving_on=way is None or way.moves_on) if shows_errors else []
    stops = journey.stops(part, form.voice, current=page)
    context = {
        **journey_context(request, part),
        "form": form,
        "sent_along": "answers",
        "groups": form.groups(errors),
        "errors": form.summary(errors),
        "leaving": way.address(part, page, to_review=False) if errors and way and not way.moves_on else "",
        "theirs": None
        if theirs is None
        else summary.differences(part, page, theirs, form.answers, form.voice),
        "new_count": len(form.new_names),
        "stops": stops,
        "position": next((stop.position for stop in stops if stop.is_current), 1),
        "total": len(stops),
        "heading": journey.title_of(page, form.voice),
        "earlier": journey.before(part, page),
        "to_review": "review" in request.GET or f"{CONTROL}review" in request.POST,
        "consent_text": sensitive_text(part) if form.consent_is_asked_here else None,
        "live": live.page_data(form),
    }
    return TemplateResponse(request, "consultations/page.html", context)


def journey_context(request: HttpRequest, part: Participation) -> dict[str, Any]:
    """What every page of the journey shows around its own matter."""
    reader = reader_language()
    return {
        "part": part,
        "consultation": part.consultation,
        "title": field_of(part.consultation, "title", page=reader),
        "code": codes.grouped(part.code),
        "languages": languages_of(request, part),
        "reader": reader,
        "spoken": "" if part.language == reader else part.language,
    }


def languages_of(request: HttpRequest, part: Participation) -> list[dict[str, Any]]:
    """The languages of the questionnaire, by their own names, with this page's address in each."""
    spoken = part.plan.definition.languages
    return [
        {
            "code": code,
            "url": translate_url(request.path, code),
            "current": code == reader_language(),
        }
        for code, _name in settings.LANGUAGES
        if code in spoken
    ]


def reader_language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def voice_of(part: Participation) -> Voice:
    return Voice(page=reader_language(), wanted=part.language, fallback=part.plan.definition.default_language)

"""What anyone may see of focus groups: their list, the page of each, and how people were drawn."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.reader import reader_zone

from ..answering.words import Said, field_of
from ..enums import GroupStatus, SelectionMode
from ..models import FocusGroup
from . import alternatives, consents, draw_documents, letters, listing, retention, signup
from .access import public_group
from .filters import SessionFilter

TEXTS = ("title", "segment", "purpose", "eligibility", "privacy_notice")


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """Sessions that lie ahead, the next one first; groups without a date; those that were held."""
    chosen = SessionFilter(request)
    dated = {session.group_id for session in chosen.every}
    groups = [group for group in FocusGroup.objects.public() if group.pk not in dated]
    context = {
        "filter": chosen,
        "cards": listing.cards(chosen.sessions, chosen.reader),
        "undated": [_named(group) for group in groups if group.status in GroupStatus.running],
        "held": [_named(group) for group in groups if group.status == GroupStatus.ENDED],
    }
    return _for_everyone(TemplateResponse(request, "consultations/focus_groups/list.html", context))


def _named(group: FocusGroup) -> tuple[FocusGroup, Said]:
    return group, letters.said(group, "title")


def _for_everyone(response: HttpResponse) -> HttpResponse:
    """Nothing on these pages is about the reader, but for their clock and country."""
    response.may_be_kept = True  # type: ignore[attr-defined]  # a note for portal.page_cache
    return response


@require_safe
def group_page(request: HttpRequest, slug: str) -> HttpResponse:
    group, reader = public_group(slug), reader_zone(request)
    cards = listing.cards(listing.sessions_ahead().filter(group=group), reader)
    full = [card for card in cards if not card.takes_people or card.places == listing.Places.WAITING_LIST]
    page = get_language() or settings.LANGUAGE_CODE
    context: dict[str, Any] = {
        "group": group,
        "texts": {name: field_of(group, name, page=page) for name in TEXTS},
        "title": letters.said(group, "title"),
        "eligibility": _lines(letters.said(group, "eligibility")),
        "unit": field_of(group.unit, "name", page=page),
        "cards": cards,
        "can_sign_up": signup.takes_sign_ups(group) and bool(cards),
        "opens_later": signup.opens_later(group),
        "is_drawn": group.selection == SelectionMode.BALANCED_DRAW,
        "others": alternatives.beside(full[0].session, reader) if full and len(full) == len(cards) else [],
        "consents": [(purpose, letters.in_words(version)) for purpose, version in consents.asked(group)],
        "topics": [field_of(topic, "title", page=page) for topic in group.topics.all()],
        "draws": group.draws.filter(sent_at__isnull=False).order_by("drawn_at"),
        "deleted_on": retention.told_day(group),
        "consultation": group.consultation if group.consultation and _is_public(group) else None,
    }
    return _for_everyone(TemplateResponse(request, "consultations/focus_groups/group.html", context))


def _is_public(group: FocusGroup) -> bool:
    found = group.consultation
    return found is not None and found.live and found.status != "draft"


def _lines(text: Said) -> list[Said]:
    lines = (line.strip("-• ") for line in text.text.splitlines())
    return [Said(line, text.lang) for line in lines if line]


@require_safe
def draw_document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """How people were drawn, once they have been told: all that it takes to repeat it, and no names."""
    group = public_group(slug)
    draw = group.draws.filter(pk=number, sent_at__isnull=False).prefetch_related("overrides").first()
    if draw is None:
        raise Http404
    document = {**draw_documents.published(draw), "chances": draw.chances}
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return _for_everyone(response)

"""The public side of consultations: their list, and the page that says what each one is about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ..enums import ConsultationStatus
from ..lifecycle import accepts_answers
from ..models import Consultation, ConsultationIndexPage
from . import access, addresses, cookies
from .cards import Card, card_of
from .paper import sheet_of_paper
from .participation import newest_version, spoken_in
from .plan import plan_of
from .sheet import is_question
from .words import Said, Voice, field_of

TEXTS = ("title", "summary", "purpose", "audience", "use_of_answers", "legal_basis", "privacy_notice")


@require_safe
def listing(request: HttpRequest, index: ConsultationIndexPage) -> HttpResponse:
    """Open ones first, those to come next, then what was asked before."""
    consultations = Consultation.objects.select_related("unit")
    context = {
        "page": index,
        "self": index,
        "open": _cards(consultations.open(), index),
        "announced": _cards(consultations.announced(), index),
        "ended": _cards(consultations.ended(), index),
    }
    return TemplateResponse(request, "consultations/index.html", context)


def _cards(consultations: Any, index: ConsultationIndexPage) -> list[Card]:
    return [card_of(consultation, index=index) for consultation in consultations]


@require_safe
def landing(request: HttpRequest, slug: str, index: ConsultationIndexPage | None = None) -> HttpResponse:
    """What the consultation is about. Without ``index`` it was reached by its short address."""
    consultation = access.public_consultation(slug)
    if index is None:
        index = addresses.index_page()
        if index:
            return redirect(addresses.under(index, request, slug))
    context = landing_context(consultation, reader=get_language() or settings.LANGUAGE_CODE)
    held = cookies.code_in(request, consultation) if context["is_open"] else None
    return TemplateResponse(
        request, "consultations/landing.html", {**context, "page": index, "has_code": bool(held)}
    )


@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """All the questions on one page: to read before answering, or to print and fill in with help."""
    consultation = access.public_consultation(slug)
    version = newest_version(consultation)
    if version is None or consultation.status == ConsultationStatus.DRAFT:
        raise Http404
    plan, reader = plan_of(version), get_language() or settings.LANGUAGE_CODE
    wanted = spoken_in(plan.definition, reader)
    context = {
        "consultation": consultation,
        "title": field_of(consultation, "title", page=reader),
        "version": version,
        "is_open": accepts_answers(consultation),
        "sections": sheet_of_paper(plan, Voice(reader, wanted, plan.definition.default_language)),
        "languages": [
            {"code": code, "url": translate_url(request.path, code), "current": code == reader}
            for code in plan.definition.languages
        ],
        "landing": addresses.landing(slug, index=addresses.index_page(), request=request),
    }
    return TemplateResponse(request, "consultations/paper.html", context)


def landing_context(consultation: Consultation, *, reader: str) -> dict[str, Any]:
    """Everything that the page of a consultation says, also for a preview."""
    now = timezone.now()
    texts = {name: field_of(consultation, name, page=reader) for name in TEXTS}
    return {
        "consultation": consultation,
        "texts": texts,
        "title": texts["title"],
        "audience": [Said(line.strip("-• "), texts["audience"].lang) for line in _lines(texts["audience"])],
        "unit": field_of(consultation.unit, "name", page=reader),
        "is_open": accepts_answers(consultation),
        "is_announced": consultation.status == "draft",
        "days_left": (consultation.closes_at - now).days if consultation.closes_at else None,
        **_questionnaire_facts(consultation, reader),
    }


def _lines(text: Said) -> list[str]:
    return [line for line in text.text.splitlines() if line.strip()]


def _questionnaire_facts(consultation: Consultation, reader: str) -> dict[str, Any]:
    """What can be said about the questions before anybody sees them."""
    version = newest_version(consultation)
    if version is None:
        return {"version": None}
    plan = plan_of(version)
    questions = [question for question in plan.definition.questions() if is_question(question)]
    return {
        "version": version,
        "question_count": len(questions),
        "required_count": sum(question.required for question in questions),
        "sensitive_count": len(plan.gates),
        "languages": [
            {"code": code, "url": url, "current": code == reader}
            for code, url in addresses.landing_by_language(
                consultation.slug, plan.definition.languages
            ).items()
        ],
        "speaks": reader in plan.definition.languages,
    }

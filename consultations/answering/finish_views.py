"""The end of the journey: checking, sending, the receipt; and what the code can do besides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from . import addresses, consents, cookies, journey, submission, summary
from .access import with_part
from .access import withdrawn as withdrawn_page
from .consents import Consent
from .fields import CONTROL
from .forms import FormError
from .limits import limited
from .messages import message
from .page_views import journey_context, reader_language, voice_of
from .participation import Participation
from .sheet import count_answered, fingerprint, is_question
from .submission import Conflict, Incomplete
from .words import Said, field_of

AGREE_USE = f"{CONTROL}agree-use"
AGREE_QUOTES = f"{CONTROL}agree-quotes"


@csrf_exempt  # the same view asks where the form comes from
@limited("send")
def review(request: HttpRequest, slug: str) -> HttpResponse:
    return _review(request, slug)


@with_part("GET", "HEAD", "POST")
def _review(request: HttpRequest, part: Participation) -> HttpResponse:
    if request.method != "POST":
        return _show_review(request, part)
    if request.POST.get("website"):
        # The field that only robots fill in.
        return redirect("answering:landing", slug=part.consultation.slug)
    if request.POST.get(f"{CONTROL}go") == "stay":
        # Another language was chosen: what is ticked so far comes along.
        return _show_review(request, part)
    if AGREE_USE not in request.POST:
        problem = FormError("agree-use", Said(), Said(_("Tick this box to send your answers.")))
        return _show_review(request, part, errors=[problem])
    try:
        submission.submit(
            part=part, agreed=_agreed(request, part), base=request.POST.get(f"{CONTROL}base", "")
        )
    except Conflict:
        return _show_review(request, part, changed_elsewhere=True)
    except Incomplete as incomplete:
        return _show_review(request, part, errors=_problems(part, incomplete))
    return redirect("answering:receipt", slug=part.consultation.slug)


def _agreed(request: HttpRequest, part: Participation) -> list[Consent]:
    texts = permission_texts(part)
    ticked = [consents.USE] + [consents.QUOTES] * (AGREE_QUOTES in request.POST)
    return [
        consents.consent(
            purpose, texts[purpose], version=part.version.number, language=reader_language(), on=part.today
        )
        for purpose in ticked
    ]


def permission_texts(part: Participation) -> dict[str, str]:
    unit = field_of(part.consultation.unit, "name", page=reader_language())
    return {consents.USE: consents.use_text(unit.text), consents.QUOTES: consents.quotes_text()}


def _problems(part: Participation, incomplete: Incomplete) -> list[FormError]:
    """One line a question, leading to where it can be answered."""
    voice = voice_of(part)
    found: dict[str, FormError] = {}
    for error in incomplete.errors:
        question = part.plan.by_answer_name[error.name]
        url = f"{journey.page_url(part, part.plan.page_of(question.name))}?review#q-{question.name}"
        found.setdefault(
            question.name,
            FormError(
                url,
                Said() if error.message else voice.say(question.label),
                message(error, question, voice),
            ),
        )
    return list(found.values())


def _show_review(
    request: HttpRequest,
    part: Participation,
    *,
    errors: list[FormError] | None = None,
    changed_elsewhere: bool = False,
) -> HttpResponse:
    voice = voice_of(part)
    chapters = summary.chapters(part, voice)
    questions = [e.question for c in chapters for e in c.entries if is_question(e.question)]
    sheet = part.sheet
    given = consents.purposes(sheet.consents)
    context = {
        **journey_context(request, part),
        "chapters": chapters,
        "answered": count_answered(questions, sheet.answers),
        "asked": len(questions),
        "errors": errors or [],
        "missing": {plan_error.name for plan_error in sheet.errors(part.plan, today=part.today)},
        "changed_elsewhere": changed_elsewhere,
        "base": fingerprint(sheet.answers),
        "texts": permission_texts(part),
        "misses_use": any(error.anchor == "agree-use" for error in errors or []),
        "sent_along": "permissions",
        "agrees_use": AGREE_USE in request.POST if request.POST else consents.USE in given,
        "agrees_quotes": AGREE_QUOTES in request.POST if request.POST else consents.QUOTES in given,
        "consents_to_sensitive": consents.SENSITIVE in given,
        "wrote_text": _wrote_text(part),
        "stops": journey.stops(part, voice, current=None),
        "last_page": chapters[-1] if chapters else None,
        "nothing_to_send": part.is_sent and not part.has_changes,
    }
    return TemplateResponse(request, "consultations/review.html", context)


def _wrote_text(part: Participation) -> bool:
    """Whether there are own words that could be quoted."""
    kinds = {"short_text", "long_text"}
    return any(
        q.name in part.sheet.answers for q in part.plan.definition.questions() if q.kind.value in kinds
    )


@with_part("GET", "HEAD")
def receipt(request: HttpRequest, part: Participation) -> HttpResponse:
    if part.response is None or not part.is_sent:
        return redirect(journey.where_to(part))
    asked = [question for question in part.plan.definition.questions() if is_question(question)]
    context = {
        **journey_context(request, part),
        "sent_on": part.response.submitted_on,
        "count": count_answered(asked, part.response.answers),
        "landing": addresses.landing(part.consultation.slug, index=addresses.index_page(), request=request),
    }
    return TemplateResponse(request, "consultations/receipt.html", context)


@with_part("GET", "HEAD")
def copy(request: HttpRequest, part: Participation, format: str) -> HttpResponse:
    """The person's answers as a file of their own. The code is not in it."""
    context: dict[str, Any] = {
        **journey_context(request, part),
        "chapters": summary.chapters(part, voice_of(part)),
    }
    kind = {"html": "text/html", "txt": "text/plain"}[format]
    response = TemplateResponse(
        request, f"consultations/copy.{format}", context, content_type=f"{kind}; charset=utf-8"
    )
    name = f"{part.consultation.slug}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@with_part("GET", "HEAD", "POST")
def withdraw(request: HttpRequest, part: Participation) -> HttpResponse:
    if request.method != "POST":
        return TemplateResponse(request, "consultations/withdraw.html", journey_context(request, part))
    submission.withdraw(part=part)
    return withdrawn_page(request, part.consultation)


@with_part("GET", "HEAD", "POST")
def forget(request: HttpRequest, part: Participation) -> HttpResponse:
    """Take the code off this device, which may be somebody else's."""
    response = redirect("answering:landing", slug=part.consultation.slug)
    if request.method != "POST":
        return response
    cookies.forget(response, part.consultation)
    return response

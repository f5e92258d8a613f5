"""Before any view of the journey: which consultation, is it open, and whose code is on this device."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.security import client_key, csrf_failure
from portal.views.errors import too_many

from ..lifecycle import NotAllowed, accepts_answers
from ..models import Consultation, ParticipationCode
from . import codes, cookies, limits, origin
from .participation import Participation, participation
from .unsaved import carried, unsaved
from .words import field_of

P = ParamSpec("P")
TYPED_CODE = "page-code"
NEW_CODE = "page-new-code"
# In the address of the page that asks for the code: the device should have had it, and did not send it.
REFUSED = "no-cookie"
PartView = Callable[Concatenate[HttpRequest, Participation, P], HttpResponse]


def public_consultation(slug: str) -> Consultation:
    """A consultation that anyone may see, also when it has not opened yet. Raises ``Http404``."""
    found = Consultation.objects.filter(slug=slug).select_related("unit").first()
    if found is None or not found.live:
        raise Http404
    if found.status == "draft" and found.opens_at is None:
        raise Http404
    return found


def private(response: HttpResponse) -> HttpResponse:
    """Nothing of a person's journey stays in a cache, on the way or on the device."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    return response


def with_part(*methods: str) -> Callable[[PartView[P]], Callable[..., HttpResponse]]:
    """Give a view the participation that the device's code opens.

    While the person writes (POST), it is locked until the view is through: two windows take turns.
    """

    def decorate(view: PartView[P]) -> Callable[..., HttpResponse]:
        @csrf_exempt  # answering.origin checks instead: a token that is gone costs nobody what they wrote
        @require_http_methods(methods)
        @wraps(view)
        def wrapper(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            consultation = public_consultation(slug)
            if request.method == "POST" and not origin.is_ours(request):
                return private(press_again(request, consultation))
            if not accepts_answers(consultation):
                return private(not_open(request, consultation))
            held = cookies.code_in(request, consultation)
            if held is None and _tries_too_often(request):
                return private(too_many(request, carried=carried(request, TYPED_CODE, NEW_CODE)))
            code = held or _code_sent_along(request, consultation)
            if code is None:
                return private(ask_for_code(request, consultation))
            call = _Call(request, consultation, code, lambda part: view(request, part, *args, **kwargs))
            response = private(call.locked() if request.method == "POST" else call.plain())
            if held is None:
                cookies.keep(response, consultation, code, secure=request.is_secure())
            return response

        return wrapper

    return decorate


class _Call:
    def __init__(
        self,
        request: HttpRequest,
        consultation: Consultation,
        code: str,
        view: Callable[[Participation], HttpResponse],
    ) -> None:
        self.request, self.consultation, self.code, self.view = request, consultation, code, view

    def plain(self, *, lock: bool = False) -> HttpResponse:
        part = participation(
            consultation=self.consultation, code=self.code, language=get_language() or "es", lock=lock
        )
        if part is None:
            raise Http404
        if part.is_withdrawn:
            return withdrawn(self.request, self.consultation)
        return self.view(part)

    def locked(self) -> HttpResponse:
        """The very first save may be sent twice at once; the one that comes second finds the first."""
        try:
            return self._in_transaction()
        except IntegrityError:
            return self._in_transaction()
        except NotAllowed:
            # It closed between the look at the clock and the saving.
            return not_open(self.request, self.consultation)

    def _in_transaction(self) -> HttpResponse:
        with transaction.atomic():
            return self.plain(lock=True)


def _tries_too_often(request: HttpRequest) -> bool:
    """Whoever could try codes here as fast as they like would go round the limit of the page for it."""
    return request.method == "POST" and limits.over(request, "resume", key=client_key(request))


def _code_sent_along(request: HttpRequest, consultation: Consultation) -> str | None:
    """The code from the page that ``ask_for_code`` shows in place of a form whose code was gone."""
    if request.method != "POST":
        return None
    if NEW_CODE in request.POST:
        return codes.new_code()
    typed = codes.normalised(request.POST.get(TYPED_CODE, ""))
    return typed if typed and exists(consultation, typed) else None


def exists(consultation: Consultation, code: str) -> bool:
    """Whether something was ever saved under a code."""
    return ParticipationCode.objects.filter(
        digest=codes.digest(code), response__consultation=consultation
    ).exists()


def wrong_code(typed: str) -> str:
    """Why a code that opens nothing was not taken."""
    if not typed.strip():
        return _("Write your participation code.")
    if codes.normalised(typed) is None:
        return _("Check the code: it has 16 letters and digits, in four groups of four.")
    return _(
        "We do not know this code in this consultation. Check each letter. "
        "If you had not saved any page yet, begin again."
    )


def not_open(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """A clear page instead of the journey: not yet, or no longer."""
    context = {
        "consultation": consultation,
        "title": field_of(consultation, "title", page=get_language() or "es"),
        "unsaved": unsaved(request, consultation),
    }
    return TemplateResponse(request, "consultations/not_open.html", context, status=403)


def ask_for_code(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The device does not know the code (any more). What was just typed comes along and is not lost."""
    if request.method != "POST":
        address = reverse("answering:resume", args=[consultation.slug])
        return redirect(f"{address}?{REFUSED}" if origin.came_from_us(request) else address)
    context = {
        "consultation": consultation,
        "title": field_of(consultation, "title", page=get_language() or "es"),
        "carried": carried(request, TYPED_CODE, NEW_CODE),
        "typed": request.POST.get(TYPED_CODE, ""),
        "error": wrong_code(request.POST[TYPED_CODE]) if TYPED_CODE in request.POST else "",
        "action": request.path,
    }
    return TemplateResponse(request, "consultations/resume.html", context)


def press_again(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """A form that does not prove where it comes from is shown with a new token, for one more press."""
    if request.headers.get("Origin"):
        return csrf_failure(request)
    context = {
        "consultation": consultation,
        "title": field_of(consultation, "title", page=get_language() or "es"),
        "carried": carried(request),
        "action": request.path,
    }
    return TemplateResponse(request, "consultations/press_again.html", context, status=403)


def withdrawn(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    context = {
        "consultation": consultation,
        "title": field_of(consultation, "title", page=get_language() or "es"),
    }
    response = TemplateResponse(request, "consultations/withdrawn.html", context)
    cookies.forget(response, consultation)
    return response

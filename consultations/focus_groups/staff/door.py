"""The list at the door: tick who is here, by name or by the code that each person shows. Made for a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from portal import audit

from ...enums import RegistrationStatus as S
from ...lifecycle import NotAllowed
from ...models import Registration
from .. import attendance
from .pages import SessionPage
from .session_views import counts, seats_of

VERBS: dict[str, Callable[..., None]] = {
    "here": attendance.check_in,
    "absent": attendance.mark_absent,
    "undo": attendance.undo,
}
STEPS: dict[str, tuple[str, ...]] = {
    S.CONFIRMED: ("here", "absent"),
    S.ATTENDED: ("undo",),
    S.ABSENT: ("here", "undo"),
}


class DoorView(SessionPage):
    template_name = "consultations/admin/focus_groups/door.html"
    page_title = gettext_lazy("Attendance")
    header_icon = "tasks"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list shows the names that people use in the session: that it was opened is kept."""
        audit.record("session.list_opened", target=self.session, by=self.person)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seats = seats_of(self.session)
        return super().get_context_data(
            **{
                "rows": [_row(seat) for seat in seats if seat.registration is not None],
                "counts": counts(seats),
                "doors_open": attendance.is_open(self.session),
                "just": self.request.GET.get("seat", ""),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, session: int) -> HttpResponse:
        if "code" in request.POST:
            return self._by_code(request.POST["code"])
        verb = VERBS.get(request.POST.get("do", ""))
        seated = Registration.objects.filter(seat__session=self.session).select_related("seat")
        key = request.POST.get("seat", "")
        registration = get_object_or_404(seated, seat__number=key if key.isdigit() else None)
        if verb is not None:
            self._try(verb, registration)
        return self._back(registration)

    def _by_code(self, code: str) -> HttpResponse:
        registration = attendance.found_by_code(self.session, code)
        if registration is None:
            messages.error(self.request, _("Nobody in this session has that code. Look at the list."))
            return self.render_to_response(self.get_context_data(code=code))
        if self._try(attendance.check_in, registration):
            number = registration.seat.number
            messages.success(self.request, _("Participant %s is here.") % number)
        return self._back(registration)

    def _try(self, verb: Callable[..., None], registration: Registration) -> bool:
        try:
            verb(registration=registration, by=self.person)
        except NotAllowed as refusal:
            messages.error(self.request, str(refusal))
            return False
        return True

    def _back(self, registration: Registration) -> HttpResponse:
        url = reverse("session_door", args=[self.session.pk])
        return redirect(f"{url}?seat={registration.seat.number}#seat-{registration.seat.number}")


def _row(seat: Any) -> dict[str, Any]:
    contact = getattr(seat.registration, "contact", None)
    labels = {"here": _("Is here"), "absent": _("Did not come"), "undo": _("Undo")}
    return {
        "seat": seat,
        "name": contact.name if contact else "",
        "needs": contact.needs if contact else "",
        "registration": seat.registration,
        "steps": [(step, labels[step]) for step in STEPS.get(seat.registration.status, ())],
    }

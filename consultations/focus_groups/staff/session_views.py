"""One session: made, looked at, moved, called off, marked as held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from portal.admin_pages import AdminPage

from ... import rules
from ...enums import ConsentPurpose, SessionStatus
from ...enums import RegistrationStatus as S
from ...lifecycle import NotAllowed
from ...models import FocusGroupSession, Seat
from .. import attendance, guide, stages
from ..visibility import sessions_visible_to
from .pages import GroupPage, SessionPage, title_of
from .session_forms import SessionForm, changes_told, fingerprint, is_over


class SessionCreateView(GroupPage):
    template_name = "consultations/admin/focus_groups/session_form.html"
    page_title = gettext_lazy("Add a session")

    @cached_property
    def form(self) -> SessionForm:
        return SessionForm(self.request.POST or None, instance=FocusGroupSession(group=self.group))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, form=self.form, media=self.form.media)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.form.is_valid():
            messages.error(request, _("The session was not saved: see what is marked below."))
            return self.get(request, pk=pk)
        session = self.form.save(commit=False)
        stages.schedule(session=session, by=self.person)
        messages.success(request, _("The session was added."))
        return redirect("session_detail", session.pk)


class SessionEditView(SessionPage):
    """Changes that concern people who hold a place are shown once more before they are told."""

    template_name = "consultations/admin/focus_groups/session_form.html"
    page_title = gettext_lazy("Change the session")

    def may_enter(self) -> bool:
        return super().may_enter() and self.manages

    @cached_property
    def form(self) -> SessionForm:
        stored = FocusGroupSession.objects.select_related("group").get(pk=self.session.pk)
        return SessionForm(self.request.POST or None, instance=stored)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_over(self.session):
            messages.error(request, _("A session that was held or called off does not change any more."))
            return redirect("session_detail", self.session.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": self.form, "media": self.form.media, **kwargs})

    def post(self, request: HttpRequest, session: int) -> HttpResponse:
        if is_over(self.session):
            return self.get(request)
        if not self.form.is_valid():
            messages.error(request, _("The session was not saved: see what is marked below."))
            return self.render_to_response(self.get_context_data())
        told, mark = changes_told(self.session, self.form.values), fingerprint(self.form.values)
        people = stages.seated(self.session).count() if told else 0
        if people and request.POST.get("confirmed") != mark:
            return self.render_to_response(self.get_context_data(told=told, people=people, mark=mark))
        return self._store(people)

    def _store(self, people: int) -> HttpResponse:
        try:
            stages.reschedule(session=self.session, changes=self.form.values, by=self.person)
        except NotAllowed as refusal:
            self.form.add_error("capacity", str(refusal))
            return self.render_to_response(self.get_context_data())
        messages.success(self.request, _("The session was changed. People written to: %s.") % people)
        return redirect("session_detail", self.session.pk)


class SessionView(SessionPage):
    """What there is to do for a session, before, on and after its day."""

    template_name = "consultations/admin/focus_groups/session.html"

    def get_page_title(self) -> str:
        return title_of(self.session)

    def crumbs(self) -> list[tuple[str, str]]:
        return super().crumbs()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seats = seats_of(self.session)
        sheet = guide.running_sheet(self.session)
        return super().get_context_data(
            **kwargs,
            seats=seats,
            counts=counts(seats),
            sheet=sheet,
            surplus=guide.surplus(self.session, sheet),
            notes=self.session.notes.count(),
            excerpts=self.session.excerpts.count(),
            doors_open=attendance.is_open(self.session),
            planned=self.session.status == SessionStatus.PLANNED,
        )


Verb = Callable[[FocusGroupSession, Any], None]
VERBS: dict[str, Verb] = {
    "cancel": lambda session, by: stages.cancel_session(session=session, by=by),
    "held": lambda session, by: stages.mark_held(session=session, by=by),
}
FOR_MANAGERS = {"cancel"}
DONE = {
    "cancel": gettext_lazy("The session was called off, and everyone with a place is told."),
    "held": gettext_lazy("The session was marked as held."),
}


class SessionStepView(SessionPage):
    """Call off or mark as held, after a look at what follows from it."""

    template_name = "consultations/admin/focus_groups/session_step.html"

    def may_enter(self) -> bool:
        return super().may_enter() and (self.manages or self.kwargs["step"] not in FOR_MANAGERS)

    def get_page_title(self) -> str:
        titles = {"cancel": _("Call the session off"), "held": _("Mark the session as held")}
        return titles[self.kwargs["step"]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seats = seats_of(self.session)
        return super().get_context_data(**kwargs, counts=counts(seats), step=self.kwargs["step"])

    def post(self, request: HttpRequest, session: int, step: str) -> HttpResponse:
        try:
            VERBS[step](self.session, self.person)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, str(DONE[step]))
        return redirect("session_detail", self.session.pk)


class MySessionsView(AdminPage):
    """The sessions that somebody may see: those to come first, then those that were."""

    template_name = "consultations/admin/focus_groups/my_sessions.html"
    page_title = gettext_lazy("Sessions")
    header_icon = "calendar-alt"

    def may_enter(self) -> bool:
        return rules.may_run_sessions(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = sessions_visible_to(self.request.user)
        ahead = visible.filter(status=SessionStatus.PLANNED)
        over = visible.exclude(status=SessionStatus.PLANNED).order_by("-starts_at")[:50]
        return super().get_context_data(**kwargs, ahead=ahead, over=over)


def seats_of(session: FocusGroupSession) -> list[Seat]:
    """With who sits there, and what they agreed to: ``seat.agreed`` is a set of purposes."""
    seats = list(_with_people(session))
    for seat in seats:
        standing = seat.registration.consents.all() if seat.registration else ()
        seat.agreed = {  # type: ignore[attr-defined]  # for the template
            ConsentPurpose(consent.version.purpose) for consent in standing if consent.withdrawn_at is None
        }
    return seats


def _with_people(session: FocusGroupSession) -> QuerySet[Seat]:
    people = session.seats.select_related("registration__contact")
    return people.prefetch_related("registration__consents__version")


def counts(seats: list[Seat]) -> dict[str, int]:
    states = [seat.registration.status for seat in seats if seat.registration]
    return {
        "places": len(seats),
        "free": len(seats) - len(states),
        "offered": states.count(S.OFFERED),
        "confirmed": states.count(S.CONFIRMED),
        "attended": states.count(S.ATTENDED),
        "absent": states.count(S.ABSENT),
    }

"""One registration: its states, offers, consents and screening answers; who it is only when asked for."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from portal import audit
from portal.models import AuditEntry

from ...answering.summary import Line
from ...answering.summary import lines as answer_lines
from ...enums import ConsentPurpose, NotSelectedReason
from ...enums import RegistrationStatus as S
from ...lifecycle import NotAllowed
from ...models import Registration
from .. import offers
from ..screening import Screening
from ..words import Words
from .pages import GroupPage
from .registration_forms import STEPS, Step
from .registration_list import short_id

REASONS = dict(NotSelectedReason.choices)


class RegistrationView(GroupPage):
    template_name = "consultations/admin/focus_groups/registration.html"
    header_icon = "user"
    shows_contact = False

    def get_page_title(self) -> str:
        return _("Registration %s") % short_id(self.registration)

    @cached_property
    def registration(self) -> Registration:
        found = self.group.registrations.select_related("seat__session", "rule", "alternative__group")
        return get_object_or_404(found.select_related("version", "contact"), pk=self.kwargs["key"])

    def crumbs(self) -> list[tuple[str, str]]:
        own_list = reverse("focus_group_registrations", args=[self.group.pk])
        return [*super().crumbs(), (own_list, _("Registrations"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        registration = self.registration
        registration.group = self.group
        waiting = registration.status == S.WAITING
        context = {
            "registration": registration,
            "reason": REASONS.get(registration.reason, ""),
            "steps": self._steps(),
            "answers": answers_of(registration),
            "history": history_of(registration),
            "offers": registration.offers.select_related("session"),
            "consents": registration.consents.select_related("version"),
            "available": registration.availability.all(),
            "range": offers.waiting_place(registration) if waiting else None,
            "has_contact": hasattr(registration, "contact"),
            "shows_contact": self.shows_contact and hasattr(registration, "contact"),
        }
        return super().get_context_data(**{**context, **kwargs})

    def _steps(self) -> list[Step]:
        return [
            step(registration=self.registration, by=self.person)
            for step in STEPS.values()
            if step.applies(self.registration)
        ]

    @transaction.atomic
    def post(self, request: HttpRequest, pk: int, key: Any) -> HttpResponse:
        """Show who it is. That somebody looked stays in the audit trail."""
        audit.record("registration.contact_shown", target=self.registration, by=self.person)
        self.shows_contact = True
        return self.render_to_response(self.get_context_data())


class RegistrationStepView(RegistrationView):
    """Do one of the steps; where it is refused, the page comes back with what was chosen."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._back()

    def post(self, request: HttpRequest, pk: int, key: Any, step: str = "") -> HttpResponse:
        form = STEPS[step](request.POST, registration=self.registration, by=self.person)
        if not form.is_valid():
            messages.error(request, _("Nothing was done: see what is marked below."))
            steps = [form if other.name == step else other for other in self._steps()]
            return self.render_to_response(self.get_context_data(steps=steps))
        try:
            form.run()
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            self.registration.refresh_from_db()
            words = self.registration.get_status_display()
            messages.success(request, _("The registration is now: %s.") % words)
        return self._back()

    def _back(self) -> HttpResponse:
        return redirect("registration_detail", self.group.pk, self.registration.pk)


def answers_of(registration: Registration) -> list[tuple[str, list[Line]]]:
    """Screening answers in words, in the order in which they were asked."""
    screened = Screening(registration.group)
    if registration.version is not None:
        screened.__dict__["version"] = registration.version
    words = Words(screened)
    if words.definition is None:
        return []
    return [
        (words.question(name), found)
        for name, question in words.questions.items()
        if (found := answer_lines(words.definition, question, registration.screening, words.voice))
    ]


def history_of(registration: Registration) -> list[dict[str, Any]]:
    """What the audit trail says of it, the newest first."""
    kind = ContentType.objects.get_for_model(Registration)
    entries = AuditEntry.objects.filter(target_type=kind, target_id=str(registration.pk))
    return [
        {"at": entry.at, "by": entry.by, "what": _in_words(entry)}
        for entry in entries.select_related("by")[:100]
    ]


def _in_words(entry: AuditEntry) -> str:
    kind, _dot, verb = entry.verb.partition(".")
    if kind == "registration" and verb in S.values:
        return str(S(verb).label)
    purpose = str(entry.details.get("purpose", ""))
    if kind == "consent" and purpose in ConsentPurpose.values:
        words = {"purpose": ConsentPurpose(purpose).label, "version": entry.details.get("version", "")}
        if verb == "given":
            return _("Consent given: %(purpose)s, version %(version)s") % words
        return _("Consent withdrawn: %(purpose)s") % words
    return _("Contact data looked at") if verb == "contact_shown" else entry.verb

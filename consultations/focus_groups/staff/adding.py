"""Enter somebody who asked by telephone or on paper, with the questions that everybody answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from portal.clocks import zone_named

from ...lifecycle import NotAllowed
from ...models import Registration
from .. import additions
from ..forms import SignUpForm
from .pages import GroupPage

# Stands where an address is asked for in groups that keep none.
UNNAMED = "unnamed"


class RegistrationAddView(GroupPage):
    template_name = "consultations/admin/focus_groups/registration_add.html"
    page_title = gettext_lazy("Add a person")
    header_icon = "user"

    def crumbs(self) -> list[tuple[str, str]]:
        own_list = reverse("focus_group_registrations", args=[self.group.pk])
        return [*super().crumbs(), (own_list, _("Registrations"))]

    @cached_property
    def form(self) -> SignUpForm:
        data = self._data() if self.request.method == "POST" else None
        account = "" if self.group.names_kept else UNNAMED
        return SignUpForm(self.group, zone=zone_named(self.group.timezone), account=account, data=data)

    def _data(self) -> QueryDict:
        """Where no names are kept, nobody is asked for their clock or their permission by name."""
        data = self.request.POST.copy()
        if not self.group.names_kept:
            data.update({"timezone": self.group.timezone, "consent-take_part": "1"})
        return data

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.form.screening
        bound = self.form.data is not None
        wrong = asked.errors_for(moving_on=True) if asked and bound else []
        context = {
            "sign_up": self.form,
            "form": asked,
            "sections": asked.groups(wrong) if asked else [],
            "faults": self.form.faults if bound else {},
            "errors": self.form.errors if bound else [],
            "values": self.form.values,
            "languages": settings.LANGUAGES,
        }
        return super().get_context_data(**{**context, **kwargs})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked = self.form.screening
        if self.form.errors:
            messages.error(request, _("Nobody was added: see what is marked below."))
            return self.render_to_response(self.get_context_data())
        if asked and asked.unseen:
            asked.new_names = asked.unseen
            messages.warning(request, _("The answers bring more questions. They are marked below."))
            return self.render_to_response(self.get_context_data(errors=[], faults={}))
        try:
            registration = self._add()
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data())
        messages.success(request, self._done())
        return redirect("registration_detail", self.group.pk, registration.pk)

    def _add(self) -> Registration:
        form = self.form.sign_up()
        if self.group.names_kept:
            return additions.add(group=self.group, form=form, by=self.person)
        return additions.add_unnamed(
            group=self.group,
            language=form.language,
            version=form.version,
            screening=form.screening,
            sessions=form.sessions,
            by=self.person,
        )

    def _done(self) -> str:
        if self.group.names_kept:
            return _("The sign-up was stored. It counts once the person confirms it from the mail.")
        return _("The person was added.")

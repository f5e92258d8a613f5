"""At the desk: the page that takes a person's second factors away."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..admin_pages import AdminPage
from ..models import User
from .lost_factors import forget_factors, may_forget_factors


class LostFactorsView(AdminPage):
    """Says what will happen and to whom; the button does it."""

    page_title = gettext_lazy("Remove the second factors")
    header_icon = "lock-open"
    template_name = "wagtailusers/users/lost_factors.html"

    @cached_property
    def user_at_the_door(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    @property
    def factors(self) -> QuerySet[Authenticator]:
        found: QuerySet[Authenticator] = Authenticator.objects.filter(user=self.user_at_the_door)
        return found.exclude(type=Authenticator.Type.RECOVERY_CODES)

    def may_enter(self) -> bool:
        return may_forget_factors(of=self.user_at_the_door, by=self.person)

    def crumbs(self) -> list[tuple[str, str]]:
        return [(reverse("wagtailusers_users:index"), capfirst(str(User._meta.verbose_name_plural)))]

    def get_page_subtitle(self) -> str:
        return self.user_at_the_door.email

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, who=self.user_at_the_door, factors=self.factors)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forget_factors(user=self.user_at_the_door, by=self.person)
        messages.success(
            request, _("The second factors are gone. The person sets up a new one at the next sign-in.")
        )
        return redirect("wagtailusers_users:index")

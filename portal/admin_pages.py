"""The frame of our own pages inside the Wagtail admin: title, icon, breadcrumbs, who may enter."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .models import User


class AdminPage(WagtailAdminTemplateMixin, TemplateView):
    """A page in the admin. ``may_enter`` decides; a refusal is shown the way Wagtail shows its own."""

    @property
    def person(self) -> User:
        """Who is at the keyboard: the admin lets nobody in who is not signed in."""
        return cast(User, self.request.user)

    def may_enter(self) -> bool:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_enter():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> list[tuple[str, str]]:
        """(address, label) of the pages above this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": url, "label": label} for url, label in self.crumbs()]
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), *above, here]

"""The way to the sessions in the menu, for those who run some."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from ... import rules


class SessionsMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Sessions"), reverse_lazy("my_sessions"), name="sessions", icon_name="calendar-alt", order=90
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may_run_sessions(request.user)

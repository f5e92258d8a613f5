"""When the mail server does not take a code: the person is told so, where they were."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _


class MailNotSent(Exception):  # noqa: N818  (a state of affairs that has its own answer)
    """No code is on its way."""


class MailFailureMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Back to the form, where the next try begins."""
        if not isinstance(exception, MailNotSent):
            return None
        messages.error(request, _("The message could not be sent. Try again in a few minutes."))
        return HttpResponseRedirect(request.get_full_path())

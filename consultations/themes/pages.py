"""The frame of the screens of one consultation's themes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.admin_pages import AdminPage
from portal.models import User

from .. import rules
from ..analysis.scope import whole_consultations_visible_to
from ..models import CodeFrame, Consultation, Passage
from ..planning.views import crumbs_to
from .visibility import passages_visible_to
from .wording import Codes, codes_of, frame_of


class ThemesPage(AdminPage):
    """For who may code answers, on a consultation that they see."""

    header_icon = "tag"

    def may_enter(self) -> bool:
        return rules.may_code_answers(self.request.user)

    @cached_property
    def consultation(self) -> Consultation:
        visible = whole_consultations_visible_to(self.request.user)
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    @cached_property
    def frame(self) -> CodeFrame | None:
        return frame_of(self.consultation)

    @cached_property
    def codes(self) -> Codes:
        if self.frame is None:
            raise Http404
        return codes_of(self.frame)

    @cached_property
    def passage(self) -> Passage:
        """The text in the address: of this consultation, and one that the person may see."""
        visible = passages_visible_to(self.request.user).filter(consultation=self.consultation)
        return get_object_or_404(visible.with_texts(), pk=self.kwargs["passage"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the address holds is fetched by the page itself; templates get the records."""
        return self.render_to_response(self.get_context_data())

    def crumbs(self) -> list[tuple[str, str]]:
        above = reverse("themes", args=[self.consultation.pk])
        return [*crumbs_to(self.consultation), (above, _("Themes"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {"consultation": self.consultation, "frame": self.frame, **context}


def coders() -> QuerySet[User]:
    """Everyone who may be given texts to code."""
    return User.objects.with_perm("consultations.code_answers").order_by("first_name", "email")

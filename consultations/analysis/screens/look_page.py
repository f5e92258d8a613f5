"""The page of somebody who may see figures of a consultation: what concerns them, small numbers kept back."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from portal.admin_pages import AdminPage

from ... import rules
from ...models import Consultation
from ..scope import consultations_visible_to
from .look import Look, look_at

# Shown while a worker makes the first snapshot.
PREPARING = "consultations/admin/analysis/preparing.html"


class LookPage(AdminPage):
    """``look`` is ``None`` before there is a snapshot."""

    def may_enter(self) -> bool:
        return rules.may_see_consultations(self.request.user)

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(consultations_visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def look(self) -> Look | None:
        return look_at(self.consultation, self.person, self.chosen)

    @property
    def chosen(self) -> dict[str, str]:
        """Filter and other choices, as an address holds them."""
        return {}

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ...blocks import BodyBlock
from .base import SitePage, anyone_may_read


class ContentPage(SitePage):
    """Anything that editors want to say, block by block; it may have pages under it."""

    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    template = "portal/content_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["children"] = anyone_may_read(ContentPage.objects.child_of(self)).defer_streamfields()
        return context

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ...blocks import BodyBlock
from .base import SitePage
from .news_page import NewsPage


class HomePage(SitePage):
    """The front door: the open consultation, the reader's country, what came of earlier answers, news."""

    body = StreamField(BodyBlock(), verbose_name=_("further content"), blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    template = "portal/home_page.html"
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["news"] = NewsPage.objects.newest(locale_id=self.locale_id)[:3]
        return context

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ...blocks import BodyBlock
from .base import SitePage


class ContentPage(SitePage):
    """Anything that editors want to say, block by block; it may have pages under it."""

    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    template = "portal/content_page.html"

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

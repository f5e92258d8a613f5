from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from ...words import unaccented


class SitePage(Page):
    """What every page of the site has: a lead, a picture for social networks, a plain text to search."""

    lead = models.TextField(
        _("lead"),
        blank=True,
        help_text=_("One or two sentences. Shown under the title, in lists and in search results."),
    )
    social_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture for social networks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("social_image")], heading=_("When somebody shares this page")),
    ]
    # Accents are left out of what is searched and of what people type: not everyone's keyboard has them.
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("plain_text")]

    # Pages that look the same to everyone in the same place may be kept and sent again.
    may_be_kept = True

    class Meta:
        abstract = True

    def plain_text(self) -> str:
        """Everything that can be found on the page, without accents."""
        body = getattr(self, "body", None)
        words = body.stream_block.get_searchable_content(body) if body else []
        return unaccented(" ".join([self.title, self.lead, *map(str, words)]))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        # Whoever may see a restricted page has a session, and gets nothing from the cache.
        response.may_be_kept = self.may_be_kept and not request.is_preview  # type: ignore[attr-defined]  # a note for portal.page_cache
        return response

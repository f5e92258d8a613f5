from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from ...blocks.players import framed_origins
from ...freshness import kept
from ...words import unaccented

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


def anyone_may_read(pages: PageQuerySet) -> PageQuerySet:
    """Published pages that nothing restricts. One query, unlike Wagtail's public()."""
    restricted = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), 1, Length("page__path"))
    )
    readable: PageQuerySet = pages.live().filter(~Exists(restricted))
    return readable


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
    search_fields = [*Page.search_fields, index.SearchField("plain_text")]

    # Pages that look the same to everyone in the same place may be kept and sent again.
    may_be_kept = True
    # What the page is, said in search results; a content page is just that.
    kind_in_results: ClassVar[StrOrPromise] = ""

    class Meta:
        abstract = True

    def plain_text(self) -> str:
        """Everything that can be found on the page, without accents."""
        body = getattr(self, "body", None)
        words = body.stream_block.get_searchable_content(body) if body else []
        return unaccented(" ".join([self.title, self.lead, *map(str, words)]))

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        self.passed_by(request)
        return super().route(request, path_components)

    def passed_by(self, request: HttpRequest) -> None:
        """Leave a trail of the pages passed on the way, so that breadcrumbs cost no query."""
        trail = getattr(request, "trail", ())
        # A page with addresses of its own is passed twice on the way to a page below it.
        request.trail = trail if self in trail else (*trail, self)  # type: ignore[attr-defined]  # our own note
        self._routed_by = request

    def get_full_url(self, request: HttpRequest | None = None) -> str | None:
        """Below ``BASE_URL``, as in mails: the sitemap and feeds must not depend on a record in the admin."""
        parts = self.get_url_parts(request)
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{parts[2]}" if parts and parts[2] else None

    full_url = property(get_full_url)

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Wagtail's answer; for visitors asked only while some page of the site is restricted at all."""
        request = getattr(self, "_routed_by", None)
        if request and not kept("restricted", PageViewRestriction.objects.exists, request=request):
            return PageViewRestriction.objects.none()
        found: models.QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # Whoever reads a page reads the site in the page's language.
        context["page_language"] = get_language()
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.marked(super().serve(request, *args, **kwargs), request)

    def marked(self, response: HttpResponse, request: HttpRequest) -> HttpResponse:
        """Say whether the answer may be kept. Who may see a restricted page has a session, and is not served
        from the cache."""
        response.may_be_kept = self.may_be_kept and not getattr(request, "is_preview", False)  # type: ignore[attr-defined]  # a note for portal.page_cache
        if origins := framed_origins(getattr(self, "body", None)):
            response._csp_update = {"frame-src": origins}  # type: ignore[attr-defined]  # as csp.decorators do; kept with the page
        return response


class RoutableSitePage(RoutablePageMixin, SitePage):
    """A page with addresses of its own under it."""

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        self.passed_by(request)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.marked(super().serve(request, *args, **kwargs), request)

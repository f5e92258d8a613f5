"""The page under which consultations have their public address, one in each language's tree."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import get_callable
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from portal.models.pages.base import RoutableSitePage

from .consultation import Consultation


class ConsultationIndexPage(RoutableSitePage):
    """Lists the consultations of its language and gives each its address: ``/es/consultas/<slug>/``.

    What a consultation shows is the participants' side of the house (``answering``), which stands above the
    models; its views are therefore named, as in any list of addresses, and fetched when they are asked for.
    """

    subpage_types: ClassVar[list[str]] = []
    template = "consultations/index.html"

    class Meta:
        verbose_name = _("list of consultations")
        verbose_name_plural = _("lists of consultations")

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = get_callable("consultations.answering.views.listing")(request, index=self)
        return response

    @path("<slug:slug>/", name="consultation")
    def landing(self, request: HttpRequest, slug: str) -> HttpResponse:
        view = get_callable("consultations.answering.views.landing")
        response: HttpResponse = view(request, slug=slug, index=self)
        return response

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Itself and every public consultation."""
        base = self.get_full_url(request)
        slugs = Consultation.objects.public().values_list("slug", flat=True)
        return [*super().get_sitemap_urls(request), *({"location": f"{base}{slug}/"} for slug in slugs)]

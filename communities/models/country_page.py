"""What editors say to people in one country, and the list of those pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from portal.blocks import BodyBlock
from portal.models import NewsPage
from portal.models.pages import SitePage, anyone_may_read
from portal.reader import is_country, remember
from portal.zones import only_zone

from .country import Country


class CountryPage(SitePage):
    """One country: the editors' blocks, with its offices, consultations and news around them."""

    country = models.ForeignKey(
        Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="pages"
    )
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [
        *SitePage.content_panels[:1],
        FieldPanel("country"),
        *SitePage.content_panels[1:],
        FieldPanel("body"),
    ]
    template = "communities/country_page.html"
    kind_in_results = _("Country")
    parent_page_types = ["communities.CountryIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("country page")
        verbose_name_plural = _("country pages")

    def clean(self) -> None:
        super().clean()
        twins = CountryPage.objects.filter(country=self.country_id, locale=self.locale_id)
        if self.country_id and twins.exclude(pk=self.pk).exists():
            raise ValidationError({"country": _("This country has a page in this language already.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.newest(locale_id=self.locale_id)
        context["news"] = news.for_country(self.country_id)[:4]
        return context


class CountryIndexPage(SitePage):
    """All country pages of a language; it also takes people who chose a country to its page."""

    template = "communities/country_index_page.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["communities.CountryPage"]

    class Meta:
        verbose_name = _("list of countries")
        verbose_name_plural = _("lists of countries")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = request.GET.get("country", "").upper()
        if not is_country(code):
            return super().serve(request, *args, **kwargs)
        response = redirect(self.address_for(code, request))
        if "remember" in request.GET:
            remember(response, country=code, zone=only_zone(code))
        return response

    def address_for(self, code: str, request: HttpRequest) -> str:
        """The country's page; where it has none, the offices that serve it."""
        page = self.countries().filter(country=code).first()
        if page:
            return str(page.get_url(request))
        return f"{reverse('communities:office_list')}?country={code}"

    def countries(self) -> models.QuerySet[CountryPage]:
        readable = anyone_may_read(CountryPage.objects.child_of(self)).order_by("title")
        pages: models.QuerySet[CountryPage] = readable.defer_streamfields()
        return pages

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["countries"] = self.countries()
        return context

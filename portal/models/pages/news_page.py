from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from ...blocks import BodyBlock
from .base import SitePage, anyone_may_read


class NewsPageQuerySet(PageQuerySet):
    def newest(self, *, locale_id: int) -> NewsPageQuerySet:
        """Published news in one language that anyone may read, the latest first."""
        listed = anyone_may_read(self).filter(locale=locale_id)
        latest: NewsPageQuerySet = listed.order_by("-date", "-pk").defer_streamfields()
        return latest

    def for_country(self, code: str) -> NewsPageQuerySet:
        """News meant for people in that country: about it, or about all."""
        aimed = NewsCountry.objects.filter(page=OuterRef("pk"))
        meant: NewsPageQuerySet = self.filter(~Exists(aimed) | Exists(aimed.filter(country=code.upper())))
        return meant


class NewsPage(SitePage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate)
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    objects: ClassVar = PageManager.from_queryset(NewsPageQuerySet)()

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("date"),
        InlinePanel("countries", label=_("Country"), heading=_("Countries (none means every country)")),
        FieldPanel("body"),
    ]
    search_fields = [*SitePage.search_fields, index.FilterField("date")]
    template = "portal/news_page.html"
    parent_page_types = ["portal.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    kind_in_results = _("News")

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")


class NewsCountry(models.Model):
    """A country that a piece of news is meant for."""

    page = ParentalKey(NewsPage, related_name="countries", on_delete=models.CASCADE)
    country = CountryField(_("country"))

    panels = [FieldPanel("country")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "country"], name="news_once_a_country")]

    def __str__(self) -> str:
        return str(self.country.name)

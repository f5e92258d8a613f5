from __future__ import annotations

from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from ...feeds import news_feed
from .base import RoutableSitePage
from .news_page import NewsPage, NewsPageQuerySet


class NewsIndexPage(RoutableSitePage):
    """The list of news in one language, newest first, and its feed."""

    template = "portal/news_index_page.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.NewsPage"]
    page_size = 10

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def news(self) -> NewsPageQuerySet:
        latest = NewsPage.objects.newest(locale_id=self.locale_id)
        listed: NewsPageQuerySet = latest.child_of(self).prefetch_related("countries")
        return listed

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["news"] = self._results(request)
        return context

    def _results(self, request: HttpRequest) -> PageOfResults[NewsPage]:
        return Paginator(self.news(), self.page_size).get_page(request.GET.get("page"))

    @path("rss/")
    def rss(self, request: HttpRequest) -> HttpResponse:
        return news_feed(self, self.news()[:20], request=request)

"""News as RSS."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.timezone import make_aware

from .clocks import LIMA

if TYPE_CHECKING:
    from .models.pages import NewsIndexPage, NewsPage


def news_feed(index: NewsIndexPage, news: Iterable[NewsPage], *, request: HttpRequest) -> HttpResponse:
    feed = Rss201rev2Feed(
        title=f"{index.title} – {settings.SITE_NAME}",
        link=index.get_full_url(request) or "",
        description=index.lead or index.title,
        language=index.locale.language_code,
        feed_url=request.build_absolute_uri(request.path),
    )
    for page in news:
        feed.add_item(
            title=page.title,
            link=page.get_full_url(request) or "",
            description=page.lead,
            unique_id=str(page.translation_key),
            unique_id_is_permalink=False,
            pubdate=make_aware(datetime.combine(page.date, time(12)), LIMA),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)

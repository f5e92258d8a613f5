from .base import SitePage, anyone_may_read
from .content_page import ContentPage
from .home_page import HomePage
from .news_index_page import NewsIndexPage
from .news_page import NewsCountry, NewsPage

__all__ = [
    "ContentPage",
    "HomePage",
    "NewsCountry",
    "NewsIndexPage",
    "NewsPage",
    "SitePage",
    "anyone_may_read",
]

from .audit import AuditEntry
from .navigation import Footer, FooterColumn, FooterLink, Menu, MenuItem
from .pages import ContentPage, HomePage, NewsCountry, NewsIndexPage, NewsPage
from .site_stamp import SiteStamp
from .unit import Unit
from .user import User

__all__ = [
    "AuditEntry",
    "ContentPage",
    "Footer",
    "FooterColumn",
    "FooterLink",
    "HomePage",
    "Menu",
    "MenuItem",
    "NewsCountry",
    "NewsIndexPage",
    "NewsPage",
    "SiteStamp",
    "Unit",
    "User",
]

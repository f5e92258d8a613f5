"""The addresses of the door: its pages in each language, the answers of identity providers in none."""

from allauth.account import urls as account_urls
from allauth.urls import build_provider_urlpatterns
from django.urls import URLPattern, URLResolver, include, path

from . import views

# There are no passwords here, so no pages to set, change or forget one.
_account = [page for page in account_urls.urlpatterns if "password" not in (page.name or "")]

localized: list[URLPattern | URLResolver] = [
    path("", views.overview, name="account_overview"),
    path("", include(_account)),
    path("2fa/", include("allauth.mfa.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
]
# A provider knows one address to come back to, whatever language the person reads.
providers = build_provider_urlpatterns()

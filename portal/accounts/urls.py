"""The addresses of the door: its pages in each language, the answers of identity providers in none."""

from allauth.urls import build_provider_urlpatterns
from django.urls import include, path

from . import views

localized = [
    path("", views.overview, name="account_overview"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
]
# A provider knows one address to come back to, whatever language the person reads.
providers = build_provider_urlpatterns()

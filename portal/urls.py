"""Every address of the portal. The only place, with the settings, where ``portal`` names the other apps."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from communities import urls as communities_urls

from .accounts import urls as account_urls
from .views.media import media
from .views.patterns import error_page, patterns
from .views.sitemap import robots, sitemap

handler400 = "portal.views.errors.unreadable"
handler403 = "portal.views.errors.refused"
handler404 = "portal.views.errors.missing"
handler500 = "portal.views.errors.broken"

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    # allauth is the only door; Wagtail's own is walled up.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:name>", media),
    path("accounts/", include(account_urls.providers)),
    *communities_urls.without_language,
]

if settings.DEBUG:
    urlpatterns += [path("dev/mail/", include("portal.devmail"))]
    urlpatterns += [path("dev/patterns/", patterns), path("dev/errors/<int:code>/", error_page)]

urlpatterns += i18n_patterns(
    path("accounts/", include(account_urls.localized)),
    path("", include("portal.site_urls")),
    path("", include(communities_urls)),
    path("", include("consultations.focus_groups.urls")),
    path("", include("consultations.urls")),
    path("", include("consultations.following.urls")),
    path("", include("consultations.opendata.urls")),
    path("", include("consultations.digest.urls")),
    path("", include(wagtail_urls)),
)

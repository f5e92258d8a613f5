"""Wagtail."""

from .env import env

__all__ = [
    "TAGGIT_CASE_INSENSITIVE",
    "WAGTAILADMIN_BASE_URL",
    "WAGTAILADMIN_RICH_TEXT_EDITORS",
    "WAGTAILDOCS_EXTENSIONS",
    "WAGTAILDOCS_SERVE_METHOD",
    "WAGTAILEMBEDS_RESPONSIVE_HTML",
    "WAGTAILSEARCH_BACKENDS",
    "WAGTAIL_FRONTEND_LOGIN_URL",
    "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED",
    "WAGTAIL_SITE_NAME",
]

WAGTAIL_SITE_NAME = env.str("SITE_NAME", default="Hilo Común")
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
# allauth is the only door: no passwords are set or reset inside the admin.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_RESPONSIVE_HTML = True
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ol", "ul", "link", "document-link"]},
    }
}
TAGGIT_CASE_INSENSITIVE = True

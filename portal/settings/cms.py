"""Wagtail."""

from zoneinfo import available_timezones

from .env import env

__all__ = [
    "TAGGIT_CASE_INSENSITIVE",
    "WAGTAILADMIN_BASE_URL",
    "WAGTAILADMIN_LOGIN_URL",
    "WAGTAILADMIN_PERMITTED_LANGUAGES",
    "WAGTAILADMIN_RICH_TEXT_EDITORS",
    "WAGTAILDOCS_EXTENSIONS",
    "WAGTAILDOCS_MAX_UPLOAD_SIZE",
    "WAGTAILDOCS_SERVE_METHOD",
    "WAGTAILEMBEDS_RESPONSIVE_HTML",
    "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE",
    "WAGTAILSEARCH_BACKENDS",
    "WAGTAILUSERS_PASSWORD_ENABLED",
    "WAGTAIL_ALLOW_UNICODE_SLUGS",
    "WAGTAIL_EMAIL_MANAGEMENT_ENABLED",
    "WAGTAIL_ENABLE_UPDATE_CHECK",
    "WAGTAIL_ENABLE_WHATS_NEW_BANNER",
    "WAGTAIL_FINISH_WORKFLOW_ACTION",
    "WAGTAIL_FRONTEND_LOGIN_URL",
    "WAGTAIL_GRAVATAR_PROVIDER_URL",
    "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED",
    "WAGTAIL_SITE_NAME",
    "WAGTAIL_USER_TIME_ZONES",
]

WAGTAIL_SITE_NAME = env.str("SITE_NAME", default="Hilo Común")
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
# allauth is the only door: no passwords are set or reset inside the admin, no address is changed unproven.
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("es", "Español"),
    ("en", "English"),
    ("it", "Italiano"),
    ("pt-br", "Português"),
]
# Places only: browsers do not know what else a system may list ("localtime").
WAGTAIL_USER_TIME_ZONES = sorted(name for name in available_timezones() if "/" in name)
# Nothing leaves the house: no question about new versions, no portraits from elsewhere.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_RESPONSIVE_HTML = True
# A page just handed to translators is a draft: nothing in Spanish goes out under another language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ol", "ul", "link", "document-link"]},
    }
}
TAGGIT_CASE_INSENSITIVE = True
# An address that is read out on the telephone or typed from paper holds no accents.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Some records are published in their own way: a questionnaire as a frozen version.
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.approval.finish"

"""Languages, zones, formats."""

from typing import Any

import django.conf.locale
from django.utils.translation import gettext_lazy as _

from .env import BASE_DIR

__all__ = [
    "FORMAT_MODULE_PATH",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "LANGUAGE_COOKIE_SAMESITE",
    "LOCALE_PATHS",
    "MODELTRANSLATION_DEFAULT_LANGUAGE",
    "MODELTRANSLATION_FALLBACK_LANGUAGES",
    "MODELTRANSLATION_LANGUAGES",
    "PARTIAL_LANGUAGES",
    "TIME_ZONE",
    "USE_I18N",
    "USE_TZ",
    "WAGTAIL_CONTENT_LANGUAGES",
    "WAGTAIL_I18N_ENABLED",
]

# Ayacucho (Chanka) Quechua is a language that Django does not know.
_QUECHUA: dict[str, Any] = {
    "bidi": False,
    "code": "quy",
    "name": "Ayacucho Quechua",
    "name_local": "Runasimi (Chanka)",
}
django.conf.locale.LANG_INFO["quy"] = _QUECHUA

USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "es"
TIME_ZONE = "America/Lima"
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = "portal.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGES = [
    ("es", _("Spanish")),
    ("en", _("English")),
    ("it", _("Italian")),
    ("pt", _("Portuguese")),
    ("quy", _("Ayacucho Quechua")),
]

# Present where somebody translated; the rest of the interface is in Spanish, and pages say so.
PARTIAL_LANGUAGES = ("quy",)

WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES

MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = "es"
# Staff lists may fall back to Spanish; public pages mark such a text with its language.
MODELTRANSLATION_FALLBACK_LANGUAGES = ("es",)

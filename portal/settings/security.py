"""Headers, cookies, limits. The reasons for the policies are in docs/adr/0005."""

import os
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

from .accounts import SOCIALACCOUNT_PROVIDERS
from .cms import WAGTAILADMIN_BASE_URL
from .env import DEBUG, env

__all__ = [
    "ADMIN_CONTENT_SECURITY_POLICY",
    "CONTENT_SECURITY_POLICY",
    "CSRF_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE",
    "CSRF_FAILURE_VIEW",
    "CSRF_TRUSTED_ORIGINS",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FILES",
    "LANGUAGE_COOKIE_HTTPONLY",
    "LANGUAGE_COOKIE_SECURE",
    "PERMISSIONS_POLICY",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_REDIRECT_EXEMPT",
    "SECURE_REFERRER_POLICY",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_AGE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_SECURE",
    "SILENCED_SYSTEM_CHECKS",
    "TRUSTED_PROXIES",
    "X_FRAME_OPTIONS",
]

# With lxml at hand openpyxl reads with it, and takes files with entities; without, defusedxml refuses them.
os.environ["OPENPYXL_LXML"] = "False"

# Transport. In production everything is HTTPS unless someone says otherwise on purpose.
HTTPS: bool = env.bool("HTTPS", default=not DEBUG)
# How many proxies of our own stand in front: that many entries of X-Forwarded-For can be believed.
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)

SECURE_SSL_REDIRECT = HTTPS
# Load balancers ask over plain HTTP from inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
# Preloading binds the whole domain for years: it belongs to who owns the domain, not to this default.
SILENCED_SYSTEM_CHECKS = [] if SECURE_HSTS_PRELOAD else ["security.W021"]

# Cookies
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# A working day for staff; participants have no session at all.
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL] if WAGTAILADMIN_BASE_URL.startswith("https://") else []
CSRF_FAILURE_VIEW = "portal.security.csrf_failure"

# Other headers
X_FRAME_OPTIONS = "DENY"  # Wagtail loosens it for its own previews.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)

# Uploads: staff's media have limits of their own (storage.py); nobody else sends files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# The button for an identity provider sends a form of ours on to the provider.
_providers = [
    urlsplit(app["settings"]["server_url"]) for app in SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
]
_provider_origins = [f"{provider.scheme}://{provider.netloc}" for provider in _providers]

# Where pictures come from when they are kept in a public bucket.
_media_origins = env.list("MEDIA_ORIGINS", default=[])

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, *_media_origins],
        "media-src": [SELF, *_media_origins],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *_provider_origins],
        "frame-ancestors": [NONE],
    },
}
# Wagtail's admin writes scripts and styles into its forms; it is for staff with a second factor only.
ADMIN_CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *_media_origins],
    "media-src": [SELF, *_media_origins],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}

"""django-allauth is the only door, for the public site and the admin alike."""

__all__ = ["AUTHENTICATION_BACKENDS", "AUTH_USER_MODEL", "LOGIN_REDIRECT_URL", "LOGIN_URL"]

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

"""Mail: SMTP through EMAIL_URL; in development a folder that /dev/mail/ shows."""

from .env import VAR_DIR, env

__all__ = ["DEFAULT_FROM_EMAIL", "EMAIL_BACKEND", "EMAIL_FILE_PATH", "SERVER_EMAIL"]

EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
if env.str("EMAIL_URL", default=""):
    _mail = env.email_url("EMAIL_URL")
    vars().update(_mail)
    __all__ += [name for name in _mail if name not in __all__]

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Hilo Común <no-reply@hilocomun.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

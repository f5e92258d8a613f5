"""Mail: SMTP through EMAIL_URL; in development a folder that /dev/mail/ shows."""

from .env import VAR_DIR, env

__all__ = [
    "CONTACT_EMAIL",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_BACKEND",
    "EMAIL_FILE_PATH",
    "EMAIL_TIMEOUT",
    "SERVER_EMAIL",
]

EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# A mail server that hangs must not hang a visitor's page with it.
EMAIL_TIMEOUT = 10
if env.str("EMAIL_URL", default=""):
    # A server's URL has no folder in it: keep ours.
    _mail = {name: value for name, value in env.email_url("EMAIL_URL").items() if name != "EMAIL_FILE_PATH"}
    vars().update(_mail)
    __all__ += [name for name in _mail if name not in __all__]

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Hilo Común <no-reply@hilocomun.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Who is reached by answering a mail about an account, or where a page says "write to us".
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

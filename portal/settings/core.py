"""Apps, middleware, templates, URLs."""

from django.core.exceptions import ImproperlyConfigured

from .env import BASE_DIR, DEBUG, env

__all__ = [
    "ALLOWED_HOSTS",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "DEBUG",
    "DEFAULT_AUTO_FIELD",
    "DEMO",
    "FORM_RENDERER",
    "INSTALLED_APPS",
    "MIDDLEWARE",
    "PARTICIPATION_CODE_KEY",
    "ROOT_URLCONF",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SITE_NAME",
    "TEMPLATES",
    "WSGI_APPLICATION",
]

SITE_NAME = env.str("SITE_NAME", default="Hilo Común")
# A demonstration says so discreetly on every page.
DEMO = env.bool("DEMO", default=False)

# In production a missing key stops the start; development has one that protects nothing.
SECRET_KEY: str = env.str("SECRET_KEY", default="insecure-development-key" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing: copy .env.example to .env, which says how to make one, and fill it in there. "
        "To try the portal, `make demo` needs no settings."
    )
# Older keys, still read: how a key is changed without losing what was signed or hashed with it.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Hashes the participation codes. Apart from SECRET_KEY, so that changing that one never locks people out of
# their answers; empty means SECRET_KEY is used.
PARTICIPATION_CODE_KEY = env.str("PARTICIPATION_CODE_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A questionnaire of fifty questions in five languages is one large form in the admin.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

INSTALLED_APPS = [
    "portal",
    "communities",
    "consultations",
    "modeltranslation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.apps.PeopleConfig",  # wagtail.users, with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_q",
    "django_countries",
    "django_structlog",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.forms",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.compression.PageCompressionMiddleware",
    "portal.security.PermissionsPolicyMiddleware",
    "portal.logs.RequestLogMiddleware",
    "portal.health.HealthMiddleware",
    "portal.security.ContentSecurityPolicyMiddleware",
    "portal.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.language_redirects.SiteLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.mail_failures.MailFailureMiddleware",
    "portal.accounts.second_factor.StaffSecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
if DEMO:
    MIDDLEWARE.append("portal.demonstration.OwnNotFoundMiddleware")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "csp.context_processors.nonce",
                "portal.context.site",
            ],
        },
    }
]

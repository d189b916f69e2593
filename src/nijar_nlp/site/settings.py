"""Django's settings for the project, from a config.yaml.

NIJAR_CONFIG names the file, else the nearest one serves; NIJAR_DATABASE replaces its database address.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from nijar_nlp.config import find_config, load_config
from nijar_nlp.site.secrets import secret_key
from nijar_nlp.store import APPS
from nijar_nlp.store.connection import database_settings

_file = os.environ.get("NIJAR_CONFIG")
NIJAR = load_config(
    Path(_file) if _file else find_config(Path.cwd()), database=os.environ.get("NIJAR_DATABASE")
)
_review = NIJAR.review
_folder = NIJAR.path(_review.folder)

SECRET_KEY = secret_key(_folder)
DEBUG = False
ALLOWED_HOSTS = list(_review.hosts)
DATABASES = {"default": database_settings(NIJAR.database_url)}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if "timeout" in (_options := DATABASES["default"].get("OPTIONS", {})):
    _options["timeout"] = 8  # seconds that a person waits for another's writing before being told
# Rows and passages as they were drawn, by all that they show: kept in the process, for a few minutes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    *APPS,
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "nijar_nlp.review",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *(["nijar_nlp.review.sign_on.ProxySignOn"] if _review.sign_on_header else []),
    "nijar_nlp.review.other_person.OwnPages",
    "nijar_nlp.review.asking.OneAnswer",
    "nijar_nlp.review.languages.PersonLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nijar_nlp.review.ended.WholePageSignIn",
    "nijar_nlp.review.troubles.PlainTroubles",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "nijar_nlp.site.urls"
WSGI_APPLICATION = "nijar_nlp.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nijar_nlp.review.people.context",
            ],
        },
    },
]

# Who signs in, and for how long
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    *(["nijar_nlp.review.sign_on.ProxyBackend"] if _review.sign_on_header else []),
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "review/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_URL = "review:sign-in"
LOGIN_REDIRECT_URL = "review:queue"
LOGOUT_REDIRECT_URL = "review:sign-in"
SESSION_COOKIE_AGE = int(_review.session_hours * 3600)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "nijar_session"
CSRF_COOKIE_NAME = "nijar_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nijar_nlp.review.views.accounts.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _review.https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _review.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _review.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _review.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _review.hosts] if _review.https else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# Words and files
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LANGUAGE_COOKIE_NAME = "nijar_language"
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600
PAGE_IMAGES = _folder / "pages"
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

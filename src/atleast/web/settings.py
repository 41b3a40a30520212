"""Django's settings. What a person may set comes from the environment: docs/reference/desk-settings.md."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from atleast.web.folder import folder
from atleast.web.vault import Vault, key_of

_HERE = Path(__file__).parent
_YES = {"1", "yes", "true", "on"}


def _switched(name: str) -> bool:
    return os.environ.get(name, "").strip().casefold() in _YES


def _listed(name: str) -> list[str]:
    return [each.strip() for each in os.environ.get(name, "").split(",") if each.strip()]


# ── What is kept where ──

ATLEAST_FOLDER = folder()
ATLEAST_KEY = key_of(ATLEAST_FOLDER.key)
SECRET_KEY = Vault(ATLEAST_KEY).derived("django").hex()


def _sqlite() -> dict[str, Any]:
    # IMMEDIATE: who writes waits for his turn at the beginning, and never fails in the middle.
    # secure_delete: what was erased is overwritten, so that somebody who was forgotten is gone from the file.
    # wal_autocheckpoint: a page that an import writes again and again goes to the file once in 32 MB, not in four.
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA cache_size=-8000;"
        "PRAGMA mmap_size=268435456; PRAGMA wal_autocheckpoint=8000; PRAGMA temp_store=MEMORY;"
        "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(ATLEAST_FOLDER.database),
        # To open the file anew for each page takes as long as the page.
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": pragmas},
    }


def _postgresql(url: str) -> dict[str, Any]:
    said = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": said.pop("dbname", ""),
        "USER": said.pop("user", ""),
        "PASSWORD": said.pop("password", ""),
        "HOST": said.pop("host", ""),
        "PORT": said.pop("port", ""),
        # A server that was restarted is noticed before a page is asked of a dead connection.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 5}} | said,
    }


DATABASES = {"default": _postgresql(os.environ["DATABASE_URL"]) if os.environ.get("DATABASE_URL") else _sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Rooms ──

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Before allauth: its pages are drawn by our templates.
    "atleast.web.house",
    "atleast.web.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "atleast.web.ledger",
    "atleast.web.shelf",
    "atleast.web.board",
    "atleast.web.forgetting",
    "atleast.web.hotline",
    "atleast.web.intake",
    "atleast.web.people",
    "atleast.web.reading",
]

MIDDLEWARE = [
    "atleast.web.accounts.guarding.Headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "atleast.web.speaking.Speaking",
    "allauth.account.middleware.AccountMiddleware",
    "atleast.web.accounts.guarding.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "atleast.web.limits.TooLarge",
    "atleast.web.faults.Unavailable",
]

ROOT_URLCONF = "atleast.web.urls"
ASGI_APPLICATION = "atleast.web.asgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "atleast.web.pages.surroundings",
            ],
        },
    }
]

# ── Accounts ──

AUTH_USER_MODEL = "house.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "atleast.web.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "atleast.web.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# What an authenticator app on a phone shows: nothing that tells what the desk is.
MFA_TOTP_ISSUER = "Desk"
MFA_FORMS = {"add_webauthn": "atleast.web.accounts.forms.AddKey"}
# Counted in the server's own memory: one process serves. A restart begins anew.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key", "enter": "20/m/ip"}
# A server in front that speaks TLS says who asks (X-Forwarded-For, the last address); nobody else is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _switched("ATLEAST_HTTPS") else 0
ATLEAST_FORCE_MFA = _switched("ATLEAST_FORCE_MFA")
# Nothing is sent anywhere.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# ── Who may ask, and what browsers are told ──

DEBUG = False
ATLEAST_HTTPS = _switched("ATLEAST_HTTPS")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *_listed("ATLEAST_HOSTS")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _listed("ATLEAST_HOSTS")]
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "atleast.web.pages.stale_form"
SESSION_ENGINE = "atleast.web.accounts.sessions"
SESSION_COOKIE_NAME = "atleast"
# What is said once is kept in the session, which is sealed, and not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ATLEAST_HTTPS
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ATLEAST_HTTPS
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ATLEAST_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ATLEAST_HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# ── Files ──

STATIC_URL = "static/"
STATIC_ROOT = ATLEAST_FOLDER.served
STATICFILES_DIRS = [_HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# What is sent to the desk stays in memory until it is sealed: a temporary file would be a plain copy on the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
# What is larger is refused before it is read: web/limits.py.
FILE_UPLOAD_MAX_MEMORY_SIZE = 100 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5_000

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# ── Words and times ──

USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [_HERE / "locale"]
FORMAT_MODULE_PATH = ["atleast.web.formats"]

# ── Work in the background ──

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["intake", "reckon"]},
}

# ── What is noted of the running: where and what kind, never whose ──

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_bodies": {"()": "atleast.web.logs.NoBodies"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_bodies"], "level": "WARNING"}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}

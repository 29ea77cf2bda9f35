"""Django's settings, all of them derived from the environment (``docs/settings.md``)."""

from __future__ import annotations

from pathlib import Path

from dinhlang.web.environment import LOOPBACK, current

WEB = Path(__file__).resolve().parent
ENVIRONMENT = current()

DATA_DIR = ENVIRONMENT.data_dir(WEB.parents[2])
SECRET_KEY = ENVIRONMENT.secret()
DEBUG = ENVIRONMENT.flag("DINHLANG_DEBUG", False)
ALLOWED_HOSTS = ENVIRONMENT.words("DINHLANG_ALLOWED_HOSTS", LOOPBACK)
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.words("DINHLANG_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.sessions",
    "dinhlang.web.apps.StaticFiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "dinhlang.places",
    "dinhlang.plans",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "dinhlang.web.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "dinhlang.web.urls"
WSGI_APPLICATION = "dinhlang.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {"default": ENVIRONMENT.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [WEB / "assets", WEB / "static_built"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "dinhlang.web.storage.HashedStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

MEGABYTE = 1024 * 1024
UPLOAD_MAX_BYTES = ENVIRONMENT.whole("DINHLANG_UPLOAD_MAX_MB", 50) * MEGABYTE
UPLOAD_MAX_FILES = 10
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_MAX_FILES
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 * MEGABYTE
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

HTTPS = ENVIRONMENT.flag("DINHLANG_HTTPS", True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = ENVIRONMENT.whole("DINHLANG_HSTS_SECONDS", 31_536_000) if HTTPS else 0
if ENVIRONMENT.flag("DINHLANG_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "dinhlang_phien"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "dinhlang_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.text("DINHLANG_LOG_LEVEL", "WARNING")},
}

"""Django's settings, all of them derived from the environment (``docs/settings.md``)."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from dinhlang.web.environment import LOOPBACK, current, email_from_url

WEB = Path(__file__).resolve().parent
ENVIRONMENT = current()

DATA_DIR = ENVIRONMENT.data_dir(WEB.parents[2])
SECRET_KEY = ENVIRONMENT.secret()
DEBUG = ENVIRONMENT.flag("DINHLANG_DEBUG", False)
ALLOWED_HOSTS = ENVIRONMENT.words("DINHLANG_ALLOWED_HOSTS", LOOPBACK)
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.words("DINHLANG_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "dinhlang.web.apps.StaticFiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "dinhlang.places",
    "dinhlang.people",
    "dinhlang.lawbook",
    "dinhlang.facts",
    "dinhlang.work",
    "dinhlang.money",
    "dinhlang.plans",
    "dinhlang.assessment",
    "dinhlang.drafting",
    "dinhlang.meetings",
    "dinhlang.web.backup.apps.Backup",
    "dinhlang.web.demo.apps.Demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "dinhlang.web.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dinhlang.people.middleware.RequestName",
    "allauth.account.middleware.AccountMiddleware",
    "dinhlang.web.demo.entrance.DemoEntrance",
    "dinhlang.people.middleware.SignInRequired",
    "dinhlang.people.middleware.SessionsSeen",
    "dinhlang.web.busy.Busy",
]
ROOT_URLCONF = "dinhlang.web.urls"
WSGI_APPLICATION = "dinhlang.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "dinhlang.web.rendering.Templates",
        "NAME": "django",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dinhlang.people.context.who",
                "dinhlang.web.demo.entrance.shown",
            ]
        },
    }
]

DATABASES = {"default": ENVIRONMENT.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "dinhlang.people.passwords.GoodPassword"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "dinhlang.people.adapter.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "dinhlang.people.signing.SignInForm",
    "change_password": "dinhlang.people.signing.ChangePasswordForm",
    "reauthenticate": "dinhlang.people.signing.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_USERNAME_MIN_LENGTH = 3
MFA_ADAPTER = "dinhlang.people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "dinhlang.people.signing.CodeForm",
    "reauthenticate": "dinhlang.people.signing.CodeAgainForm",
    "activate_totp": "dinhlang.people.signing.ActivateForm",
    "deactivate_totp": "dinhlang.people.signing.DeactivateForm",
    "generate_recovery_codes": "dinhlang.people.signing.RecoveryCodesForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Đình Làng"
# Counts of failed sign-ins live in the one server process; a restart forgets them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
# Everything else asks for a sign-in, and a new address does so by itself.
PUBLIC_ROUTES = frozenset(
    {
        *("account_login", "account_logout", "account_signup", "account_inactive"),
        *("mfa_authenticate", "people:invitation", "people:first-run"),
        *("demo:choose", "demo:enter"),
        # Its address holds a secret that is the person's own.
        "work:feed",
        *("trial:home", "trial:upload", "trial:sample", "trial:reading", "trial:progress"),
        *("trial:stop", "trial:delete", "trial:json", "trial:xlsx", "trial:guide"),
        "money:public",
    }
)
# What is open to every signed-in person, also to one who has no work here.
PERSONAL_ROUTES = frozenset(
    {
        *("account_change_password", "account_reauthenticate"),
        *("mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        *("mfa_download_recovery_codes", "people:account", "people:account-edit"),
        *("people:own-session-end", "people:own-sessions-end"),
    }
)

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [WEB / "assets", WEB / "static_built"]
MEDIA_ROOT = DATA_DIR / "media"

# Set by “dinhlang run” for this machine alone; see the package ``dinhlang.web.demo``.
DEMO = ENVIRONMENT.flag("DINHLANG_DEMO", False)
BACKUP_DIR = ENVIRONMENT.folder("DINHLANG_BACKUP_DIR", DATA_DIR / "sao-luu")
BACKUP_TIME = ENVIRONMENT.clock("DINHLANG_BACKUP_TIME", time(2, 0))
BACKUPS_KEPT = ENVIRONMENT.whole("DINHLANG_BACKUPS_KEPT", 14)

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
# The entry grid without a script sends all of its boxes in one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 * MEGABYTE
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

HTTPS = ENVIRONMENT.flag("DINHLANG_HTTPS", True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = ENVIRONMENT.whole("DINHLANG_HSTS_SECONDS", 31_536_000) if HTTPS else 0
if ENVIRONMENT.flag("DINHLANG_BEHIND_PROXY", False):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
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

# Without a mail server nothing is mailed: reminders stay in the program, and its pages say so.
_email_url = ENVIRONMENT.text("DINHLANG_EMAIL_URL")
EMAIL_READY = bool(_email_url)
if EMAIL_READY:
    globals().update(email_from_url(_email_url))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT.text("DINHLANG_EMAIL_FROM", "dinhlang@localhost")
SITE_ADDRESS = ENVIRONMENT.text("DINHLANG_ADDRESS").rstrip("/")
WEBHOOK_LOOPBACK = ENVIRONMENT.flag("DINHLANG_WEBHOOK_LOOPBACK", False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.text("DINHLANG_LOG_LEVEL", "WARNING")},
}

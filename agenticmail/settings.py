"""Settings, each from the environment (CONTRACT section 2; `docs/settings.md`)."""

import ssl
from pathlib import Path
from typing import Any

from agenticmail.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
environment = Environment(BASE_DIR / ".env")

DEBUG = environment.flag("DEBUG", False)
SECRET_KEY = environment.text("SECRET_KEY")
if not SECRET_KEY:
    if not DEBUG:
        environment.refuse("SECRET_KEY", "is not set", "a long random text; only with DEBUG=true may it be missing")
    SECRET_KEY = "insecure-for-development-only"  # noqa: S105 - refused above outside DEBUG
ALLOWED_HOSTS = environment.words(
    "ALLOWED_HOSTS",
    "localhost,127.0.0.1,[::1]",
    form=r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9A-Fa-f:.]+\]",
    takes="host names without scheme and port, comma-separated: events.example.com,localhost",
)
ORIGIN, ORIGINS_TAKE = r"https?://[^\s/]+", "origins with their scheme, comma-separated: https://events.example.com"
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS", form=ORIGIN, takes=ORIGINS_TAKE)

AGENTICMAIL_MAILBOX_KEYS = environment.words("AGENTICMAIL_MAILBOX_KEYS")
AGENTICMAIL_HEARTBEAT_S = environment.number("AGENTICMAIL_HEARTBEAT_S", 15, 0.05, 3600)
AGENTICMAIL_SHUTDOWN_GRACE_S = environment.number("AGENTICMAIL_SHUTDOWN_GRACE_S", 5, 0, 600)
AGENTICMAIL_IDLE_RENEW_S = environment.number("AGENTICMAIL_IDLE_RENEW_S", 540, 1, 1740)
AGENTICMAIL_WORKERS = environment.whole("AGENTICMAIL_WORKERS", 8, 1, 256)
AGENTICMAIL_FETCH_BYTES = environment.whole("AGENTICMAIL_FETCH_BYTES", 262144, 4096, 67108864)
AGENTICMAIL_RETENTION_DAYS = environment.number("AGENTICMAIL_RETENTION_DAYS", 30, 0.01, 36500)
AGENTICMAIL_MAX_STREAMS_PER_AGENT = environment.whole("AGENTICMAIL_MAX_STREAMS_PER_AGENT", 20, 1, 1000000)
AGENTICMAIL_STREAM_MAX_AGE_S = environment.number("AGENTICMAIL_STREAM_MAX_AGE_S", 3600, 1, 31536000)
AGENTICMAIL_SPAM_THRESHOLD = environment.number("AGENTICMAIL_SPAM_THRESHOLD", 5.0, 0.1, 1000)
environment.parsed(  # OpenSSL reads it by itself, and says nothing of what it cannot use
    "SSL_CERT_FILE", None, ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations, "a PEM file of certificates"
)
AGENTICMAIL_PROBLEMS = environment.problems

DATABASE_TAKES = "sqlite:///PATH or postgres://USER:PASSWORD@HOST:5432/NAME"
_database: dict[str, Any] = environment.url(
    "DATABASE_URL",
    "sqlite:///var/agenticmail.sqlite3",
    "db_url_config",
    # django-environ takes a URL without a path for a database in memory, or one without a name
    r"sqlite://(/?:memory:|/[^?]+(\?.*)?)|(postgres|postgresql|pgsql|psql)://[^/?]*(/[^/?]+(\?.*)?|/?\?(.*&)?service=.+)",
    DATABASE_TAKES,
)
if _database.get("ENGINE") == "django.db.backends.sqlite3":
    _path = BASE_DIR / str(_database["NAME"])
    if _path.parent == BASE_DIR / "var":
        _path.parent.mkdir(exist_ok=True)
    if _database["NAME"] != ":memory:":
        _database["NAME"] = str(_path)
        if not _path.parent.is_dir():
            environment.refuse("DATABASE_URL", "names a file in a folder that does not exist", DATABASE_TAKES)
    # Writers queue for the lock at BEGIN instead of failing at their first write, and a commit waits for no disk.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A host that is gone without a word is noticed within seconds; what the URL says after its ? counts.
    _noticed = {"connect_timeout": 10, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
    _database["OPTIONS"] = {**_noticed, "tcp_user_timeout": 25_000, **_database.get("OPTIONS", {})}
DATABASES = {"default": _database}

EMAIL_TAKES = "smtp://USER:PASSWORD@HOST:587, smtp+tls://… or smtp+ssl://…"
_email = environment.url(
    "EMAIL_URL",
    "smtp://localhost:25",
    "email_url_config",
    r"(smtp|smtps|smtp\+tls|smtp\+ssl|consolemail|filemail|memorymail|dummymail)://.*",
    EMAIL_TAKES,
)
EMAIL_BACKEND = str(_email.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"))
EMAIL_HOST, EMAIL_PORT = _email.get("EMAIL_HOST") or "localhost", _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    _email.get("EMAIL_HOST_USER") or "",
    _email.get("EMAIL_HOST_PASSWORD") or "",
)
EMAIL_USE_TLS, EMAIL_USE_SSL = bool(_email.get("EMAIL_USE_TLS")), bool(_email.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 20  # seconds

INSTALLED_APPS = [
    "agenticmail.apps.Daphne",  # before staticfiles: `runserver` is then daphne's
    "agenticmail.administration.Administration",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "mailevents",
    "spamfilter",
    "rules",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "agenticmail.urls"
ASGI_APPLICATION = "agenticmail.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"

if not DEBUG:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_CONTENT_TYPE_NOSNIFF = True
    # A host of the wide world is served behind TLS (docs/deploy.md): its cookies travel no other way.
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = any(
        "." in host and not host.replace(".", "").isdigit() for host in ALLOWED_HOSTS
    )
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # HSTS and the way from http to https are nginx's

# Lines to standard error: for people in DEBUG, else JSON with what each is about (agent, mailbox, uid).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "mailevents.logs.JsonFormatter"},
        "plain": {"()": "mailevents.logs.PlainFormatter"},
    },
    "filters": {"strangers": {"()": "mailevents.logs.Strangers"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if DEBUG else "json",
            "filters": ["strangers"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {name: {"level": "INFO"} for name in ("agenticmail", "mailevents", "rules", "spamfilter")},
}

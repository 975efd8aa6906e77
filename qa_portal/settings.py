"""All settings. The environment is read here and nowhere else; a missing value says what to set.

`QA_ENV` is the mode of the installation:
  local       (default) one machine, SQLite, two-factor sign-in compulsory
  demo        invented people and organisations, two-factor sign-in not required
  production  refuses to start without SECRET_KEY, DATABASE_URL, ALLOWED_HOSTS, EMAIL_URL and PORTAL_URL,
              and with the key of this file, DEBUG, a wildcard host, or the demo's database
"""

from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from qa_portal import service_urls

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
INSECURE_KEY = "insecure-key-for-local-and-demo-use-only-0123456789abcdef"

env = environ.Env()
QA_ENV = env.str("QA_ENV", "local")
if QA_ENV not in {"local", "demo", "production"}:
    raise ImproperlyConfigured(f"QA_ENV is '{QA_ENV}'; set it to local, demo or production.")
PRODUCTION, DEMO = QA_ENV == "production", QA_ENV == "demo"
INSTALLATION_KIND = QA_ENV  # written beside the documents, with the identity of the database
OWN_DIR = VAR_DIR / QA_ENV  # so that no kind of database ever meets another's documents


def needed_in_production(name: str, example: str, otherwise: str) -> str:
    """Return the variable `name`; outside production, `otherwise` if it is not set."""
    value = env.str(name, "" if PRODUCTION else otherwise)
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment, for example {name}={example}")
    return value


SECRET_KEY = needed_in_production("SECRET_KEY", "<50 random characters>", INSECURE_KEY)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = needed_in_production(
    "ALLOWED_HOSTS", "qa.example.gov.uk", "127.0.0.1,localhost,testserver"
).split(",")
if PRODUCTION and INSECURE_KEY == SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is the one that everybody can read; set it to 50 random characters."
    )
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured(
        "DEBUG shows visitors how the portal is set up; unset DEBUG or set it to False."
    )
if PRODUCTION and {host.strip() for host in ALLOWED_HOSTS} & {"*", "."}:
    raise ImproperlyConfigured("ALLOWED_HOSTS lets every host name in; set it to the portal's own.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SOURCE_CODE_URL = env.str("SOURCE_CODE_URL", "")

# Only for its BPMN: the app that these templates belong to stays out, so that none of its pages exist.
VIEWFLOW_TEMPLATES = Path(str(getattr(find_spec("viewflow"), "origin", ""))).parent / "templates"

INSTALLED_APPS = [
    "qa_portal.core",  # before simple_history: its clean_* commands are ours, and refuse
    "qa_portal.portal",
    "providers",
    "inspections",
    "workflows",
    "viewflow.workflow",  # the engine alone: never its own pages
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "simple_history",
    "django_filters",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "qa_portal.portal.health.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qa_portal.core.logs.middleware.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "qa_portal.core.access.middleware.PrivatePagesMiddleware",
    "qa_portal.core.ui.middleware.UnavailableMiddleware",
    "qa_portal.core.ui.middleware.WritesStoppedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "providers.people.middleware.SecondFactorMiddleware",
    "providers.people.middleware.ActingForMiddleware",
    "qa_portal.core.idempotency.middleware.IdempotencyMiddleware",
    "qa_portal.core.access.middleware.DeniedMiddleware",
    "qa_portal.core.ui.middleware.ConflictMiddleware",
]

if DEMO:  # its time can be wound; inside the page that says that the database is away
    MIDDLEWARE.insert(
        MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware"),
        "qa_portal.portal.demo.middleware.DemoMiddleware",
    )

ROOT_URLCONF = "qa_portal.urls"
WSGI_APPLICATION = "qa_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates", VIEWFLOW_TEMPLATES],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "providers.people.context.page",
                "qa_portal.portal.navigation.navigation",
            ],
            "builtins": ["qa_portal.core.ui.templatetags.qa"],
        },
    }
]

LOCK_SECONDS = service_urls.LOCK_SECONDS
DATABASES = {
    "default": service_urls.database_config(
        "DATABASE_URL",
        needed_in_production(
            "DATABASE_URL",
            "postgres://qa@127.0.0.1:5432/qa",
            f"sqlite:///{OWN_DIR / ('demo.sqlite3' if DEMO else 'qa.sqlite3')}",
        ),
    )
}
if PRODUCTION and Path(DATABASES["default"]["NAME"]).stem == "demo":
    raise ImproperlyConfigured("DATABASE_URL names the demo's database; set it to one of production's own.")
# The role that owns the tables and migrates; DATABASE_URL is then that of a role that owns nothing.
OWNER_DATABASE = (
    service_urls.database_config("MIGRATE_DATABASE_URL", owner)
    if (owner := env.str("MIGRATE_DATABASE_URL", ""))
    else None
)
if OWNER_DATABASE and OWNER_DATABASE["NAME"] != DATABASES["default"]["NAME"]:
    raise ImproperlyConfigured(
        "MIGRATE_DATABASE_URL names another database than DATABASE_URL; set both to the same one."
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must be counted across processes, so the default cache is a table, not a process's memory.
CACHES = {
    "default": service_urls.cache_config("CACHE_URL", env.str("CACHE_URL", "dbcache://core_cache")),
}

AUTH_USER_MODEL = "providers.User"
AUTHENTICATION_BACKENDS = [
    "providers.people.backends.SignInBackend",
    "providers.people.backends.MembershipBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "providers.people.passwords.ExpectedWordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
]
LOGIN_URL = "demo_front" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "providers.people.adapters.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", 1 if PRODUCTION else 0)  # rate limits by address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no mail from us
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Placements quality assurance: "
ACCOUNT_FORMS = {
    "login": "providers.people.sign_in_forms.SignInForm",
    "reset_password": "providers.people.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "providers.people.sign_in_forms.NewPasswordForm",
    "change_password": "providers.people.sign_in_forms.ChangePasswordForm",
    "reauthenticate": "providers.people.sign_in_forms.ReauthenticateForm",
}
MFA_ADAPTER = "providers.people.adapters.EncryptedSecretsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Placements quality assurance"
MFA_RECOVERY_CODE_COUNT = 10
MFA_FORMS = {
    "authenticate": "providers.people.sign_in_forms.SignInCodeForm",
    "reauthenticate": "providers.people.sign_in_forms.CodeAgainForm",
    "activate_totp": "providers.people.sign_in_forms.ActivateTOTPForm",
    "generate_recovery_codes": "providers.people.sign_in_forms.RecoveryCodesForm",
}
# Forms that go on while the portal writes nothing (`qa_portal.core.stops`): they change no record.
SAVED_WHILE_STOPPED = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "usersessions_list",
    "acting_for",
    "demo_become",
}
SOCIALACCOUNT_ONLY = False
SECOND_FACTOR_COMPULSORY = not DEMO
INVITATION_DAYS = 7
PORTAL_URL = needed_in_production("PORTAL_URL", "https://qa.example.gov.uk", "http://127.0.0.1:8000").rstrip(
    "/"
)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if not PRODUCTION:
    OWN_DIR.mkdir(parents=True, exist_ok=True)  # where SQLite's file goes
STATICFILES_DIRS = [BASE_DIR / "qa_portal" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {"BACKEND": "providers.documents.storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "qa_portal.core.ui.storage.ModuleManifestStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = env.path("MEDIA_ROOT", OWN_DIR / "media")
QUARANTINE_DAYS = env.int("QUARANTINE_DAYS", 400)  # how long a file that no row speaks for is kept aside
DOCUMENT_UPLOAD_LIMIT = env.int("DOCUMENT_UPLOAD_MEGABYTES", 25) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "providers.documents.upload_handlers.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CLAMD_URL = env.str("CLAMD_URL", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "qa_portal.core.ui.errors.csrf_failure"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    USE_X_FORWARDED_HOST = False

# The demo's is read in the browser.
OWN_MAIL = f"filemail:///{OWN_DIR / 'mail'}" if DEMO else "consolemail://"
EMAIL_CONFIG = service_urls.email_config(
    "EMAIL_URL", needed_in_production("EMAIL_URL", "smtp+tls://user:password@mail.example:587", OWN_MAIL)
)
vars().update(EMAIL_CONFIG)
DIGEST_HOUR = env.int("DIGEST_HOUR", 7)  # London time, from which the daily digest leaves
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "no-reply@qa.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

VIEWFLOW = {"AUTOREGISTER": False}

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "")
READY_WITHIN_SECONDS = 3  # /readyz answers by then, whatever hangs

# The demo tells of days that have passed. Elsewhere the database takes a row of history only now, by its own clock.
HISTORY_MAY_BE_RETOLD = DEMO
SIMPLE_HISTORY_DATE_INDEX = False  # ours is (record, version, date)
SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True

LOG_FORMAT = env.str("LOG_FORMAT", "json" if PRODUCTION else "text")
if LOG_FORMAT not in {"json", "text"}:
    raise ImproperlyConfigured(f"LOG_FORMAT is '{LOG_FORMAT}'; set it to json or text.")
LOGGING_CONFIG = "qa_portal.core.logs.setup.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_addresses": {"()": "qa_portal.core.logs.request_paths.RedactAddresses"}},
    "formatters": {
        "json": {"()": "qa_portal.core.logs.formatters.JSONFormatter"},
        "text": {"()": "qa_portal.core.logs.formatters.LineFormatter", "words": DEBUG},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["without_addresses"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "qa": {"level": "INFO"},
        "gunicorn.error": {"level": "INFO", "propagate": True},  # in our lines, not its own
        "celery": {"level": "INFO"},  # what was received and done; items are told by number alone
        "django": {"handlers": [], "level": "WARNING"},  # its own handler mails whole requests
        "django.request": {"level": "ERROR"},  # `qa.request` has a line for each answer already
        "django.security.csrf": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "pypdf": {"level": "ERROR"},  # many lines for one poor file; words of libraries are never kept
    },
}

"""Every setting, read from the environment; `.env.sample` explains each one."""

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ("demo", "test", "production")

# Production unless said otherwise: forgetting to say so must never open a door.
TRELLIS_ENV = os.environ.get("TRELLIS_ENV", "production")
if TRELLIS_ENV not in ENVIRONMENTS:
    raise ImproperlyConfigured(f"TRELLIS_ENV is {TRELLIS_ENV!r}: use one of {', '.join(ENVIRONMENTS)}.")
IN_PRODUCTION = TRELLIS_ENV == "production"


def words(name: str) -> list[str]:
    """A setting that is a list, its parts parted by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def without_traceback(record: logging.LogRecord) -> bool:
    """Keep a record of the log, and leave out where in the code it came from."""
    record.exc_info = None
    return True


# Empty in production unless given: Django then refuses to sign anything, and `trellis check --deploy` says so.
SECRET_KEY = os.environ.get("TRELLIS_SECRET_KEY", "") or ("" if IN_PRODUCTION else "demo-and-test-only-" + "k" * 40)
# Keys of before: what they signed or encrypted can still be read, nothing new is made with them.
SECRET_KEY_FALLBACKS = words("TRELLIS_SECRET_KEY_FALLBACKS")
DEBUG = False
ALLOWED_HOSTS = words("TRELLIS_HOSTS") or ([] if IN_PRODUCTION else ["127.0.0.1", "localhost", "testserver"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if IN_PRODUCTION else []
VAR = Path(os.environ.get("TRELLIS_VAR") or ROOT / "var")

# The authority's own name comes first on each page; the demo says which county it plays.
AUTHORITY_NAME = os.environ.get("TRELLIS_AUTHORITY", "Kent County Council" if TRELLIS_ENV == "demo" else "The council")
TRELLIS_NOW = os.environ.get("TRELLIS_NOW", "")

# --- Applications, from the ground floor up (see pyproject.toml for which may import which)
INSTALLED_APPS = [
    "trellis.core",
    "trellis.web",
    "trellis.audit",
    "trellis.places",
    "trellis.organisations",
    "trellis.accounts",
    "trellis.evidence",
    "trellis.commissioning",
    "trellis.decisions",
    "trellis.contracts",
    "trellis.support",
    "trellis.performance",
    "trellis.payments",
    "trellis.renewal",
    "trellis.home",
    "trellis.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "trellis.audit.middleware.from_the_web",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "trellis.accounts.middleware.AccessGate",
    "trellis.web.addresses.NumbersGate",
    "trellis.organisations.old_addresses.OldAddresses",
]
ROOT_URLCONF = "trellis.urls"
WSGI_APPLICATION = "trellis.wsgi.application"
SILENCED_SYSTEM_CHECKS = ["urls.W002"]

# --- Templates: ours are Jinja2; Django's engine is here for allauth's e-mails and nothing else
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "trellis.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "trellis.web.forms.Renderer"

# --- Database: SQLite unless DATABASE_URL names a PostgreSQL
DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'trellis.sqlite3'}")}
# commands open their own; on SQLite a page view must not queue as a write
DATABASES["default"]["ATOMIC_REQUESTS"] = False
ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if ON_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        # a second writer waits for the first, instead of failing half-way through
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
elif TRELLIS_ENV != "test":
    DATABASES["default"]["OPTIONS"] = {"pool": True}
if TRELLIS_ENV == "test":
    DATABASES["default"]["TEST"] = {
        "NAME": os.environ.get("TRELLIS_TEST_DATABASE")
        or (str(VAR / f"test-{os.getpid()}.sqlite3") if ON_SQLITE else f"test_trellis_{os.getpid()}")
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]  # Django reads options of any type
if TRELLIS_ENV == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a cast of 15 took 3 seconds to hash
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True  # one address each: a new one takes the place of the old once its link was opened
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_ADAPTER = "trellis.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or authenticator is told to its owner
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_FORMS = {
    "login": "trellis.accounts.forms.SignInForm",
    "signup": "trellis.accounts.forms.SignUpForm",
    "reset_password": "trellis.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "trellis.accounts.forms.NewPasswordForm",
    "add_email": "trellis.accounts.forms.ChangeAddressForm",
    "change_password": "trellis.accounts.forms.ChangePasswordForm",
    "set_password": "trellis.accounts.forms.SetPasswordForm",
    "reauthenticate": "trellis.accounts.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "trellis.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Trellis"
MFA_TOTP_TOLERANCE = 1  # RFC 6238, 5.2: one step for a slow hand; accounts.forms refuses a code that was used
MFA_FORMS = {
    "authenticate": "trellis.accounts.forms.OneTimeCodeForm",
    "reauthenticate": "trellis.accounts.forms.OneTimeCodeAgainForm",
    "activate_totp": "trellis.accounts.forms.FirstCodeForm",
}
USERSESSIONS_TRACK_ACTIVITY = False  # would write on every page view
SOCIALACCOUNT_ADAPTER = "trellis.accounts.adapter.SingleSignOnAdapter"
SOCIALACCOUNT_FORMS = {"signup": "trellis.accounts.forms.SingleSignOnSignUpForm"}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # see the adapter
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link, because our CSP stops a form from leading to another site
SOCIALACCOUNT_PROVIDERS = {}
if os.environ.get("TRELLIS_OIDC_URL"):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "council",
                    "name": os.environ.get("TRELLIS_OIDC_NAME", "council account"),
                    "client_id": os.environ.get("TRELLIS_OIDC_CLIENT", ""),
                    "secret": os.environ.get("TRELLIS_OIDC_SECRET", ""),
                    "settings": {"server_url": os.environ["TRELLIS_OIDC_URL"]},
                }
            ],
        }
    }

# Where links in e-mails lead that no page view sends.
BASE_URL = os.environ.get("TRELLIS_URL") or (
    f"https://{ALLOWED_HOSTS[0]}" if IN_PRODUCTION and ALLOWED_HOSTS else "http://127.0.0.1:8000"
)

# --- Sessions, cookies, headers
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "trellis.web.views.form_too_old"
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IN_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
ALLAUTH_TRUSTED_PROXY_COUNT = 0
if os.environ.get("TRELLIS_BEHIND_PROXY") == "yes":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # whose attempts are counted: the visitor's, not the proxy's
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Language and time
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"

# --- Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
with suppress(OSError):  # whoever may not write here can still ask for help, or for a budget
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = not IN_PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IN_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = VAR / "uploads"
LISTS_ROOT = Path(os.environ.get("TRELLIS_LISTS") or VAR / "lists")  # where watched lists are put: see the guide
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Work outside the request
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TRELLIS_ENV == "test"
        else "django_tasks_db.DatabaseBackend"
    }
}
# allauth counts sign-in attempts here; memory of one process would forget what another saw
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# --- E-mail: a real server in production, files in the demo, memory in tests (Django sees to that)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if TRELLIS_ENV == "demo" and not os.environ.get("TRELLIS_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("TRELLIS_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("TRELLIS_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("TRELLIS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TRELLIS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("TRELLIS_SMTP_TLS", "yes") == "yes" and IN_PRODUCTION
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("TRELLIS_FROM_EMAIL", "trellis@example.org")
HELP_EMAIL = os.environ.get("TRELLIS_HELP_EMAIL", DEFAULT_FROM_EMAIL)
HELP_PHONE = os.environ.get("TRELLIS_HELP_PHONE", "")

# --- Logs: to standard error, never with a person's data in them
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Strangers knock with any name they like: that is worth a line, and no traceback.
    "filters": {"in_a_line": {"()": "django.utils.log.CallbackFilter", "callback": without_traceback}},
    "loggers": {"django.security.DisallowedHost": {"filters": ["in_a_line"]}},
}

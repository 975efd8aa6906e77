"""Addresses of the services that the portal needs, read from the environment with all their options.

An option that has no effect is refused with a sentence, never dropped: without `sslmode=verify-full`, for
example, the connection would lack TLS.
"""

from importlib.util import find_spec
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

LOCK_SECONDS = 3
"""Seconds that one person waits for another who is saving the same case, before a page says so. Set once for
the connection, because a timeout for each step would need one more statement in every step."""
POSTGRESQL_OPTIONS: dict = {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "options": f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout=60s",
        "connect_timeout": 5,
    },
}
# IMMEDIATE: a deferred transaction that turns into a write fails at once when another writes.
SQLITE_OPTIONS: dict = {
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
}
COMBINED = {"options": " ", "init_command": ";"}
"""Options that hold several settings: the address's come after ours, and the later of two wins."""
OF_DJANGO_S_POSTGRESQL = {
    "pool",
    "server_side_binding",
    "prepare_threshold",
    "assume_role",
    "isolation_level",
}
OF_SQLITE = {"timeout", "transaction_mode", "init_command", "cached_statements", "detect_types", "uri"}
OF_MAIL = {
    "EMAIL_USE_TLS",
    "EMAIL_USE_SSL",
    "EMAIL_TIMEOUT",
    "EMAIL_SSL_CERTFILE",
    "EMAIL_SSL_KEYFILE",
    "EMAIL_USE_LOCALTIME",
    "EMAIL_SUBJECT_PREFIX",
}


def database_config(name: str, url: str) -> dict:
    """Return the entry of DATABASES for `url`, the value of variable `name`: the address overrides ours."""
    _check_once_each(name, url)
    try:
        told = environ.Env.db_url_config(url)
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read: write it as postgres://user:password@host:5432/database?option=value,"
            " with every special character of the password percent-encoded (/ is %2F, # is %23)."
        ) from error
    told = {key: unquote(value) if key == "HOST" else _plain(value) for key, value in told.items()}
    if "AUTOCOMMIT" in told:
        raise ImproperlyConfigured(
            f"{name} sets AUTOCOMMIT; leave it out: the portal opens its transactions itself."
        )
    sqlite = told["ENGINE"].endswith("sqlite3")
    options = {key: _plain(value) for key, value in told.get("OPTIONS", {}).items()}
    _check_known(name, options, OF_SQLITE if sqlite else _of_libpq() | OF_DJANGO_S_POSTGRESQL)
    if sqlite:
        _check_sqlite(name, options)
        return SQLITE_OPTIONS | told | {"OPTIONS": _under(SQLITE_OPTIONS["OPTIONS"], options)}
    _check_postgresql(name, options)
    pooled = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False} if options.get("pool") else {}
    ours = POSTGRESQL_OPTIONS["OPTIONS"]
    return POSTGRESQL_OPTIONS | pooled | told | {"OPTIONS": _under(ours, options)}


def email_config(name: str, url: str) -> dict:
    """Return the EMAIL_ settings that `url` names, those of its options included."""
    _check_once_each(name, url)
    told = environ.Env.email_url_config(url)
    options = {key.upper(): _plain(value) for key, value in told.pop("OPTIONS", {}).items()}
    _check_known(name, options, OF_MAIL)
    return {"EMAIL_TIMEOUT": 10} | told | options


def cache_config(name: str, url: str) -> dict:
    """Return the entry of CACHES for `url`.

    Django reads only option names in capitals, whatever the backend's are.
    """
    _check_once_each(name, url)
    return {key.upper(): value for key, value in environ.Env.cache_url_config(url).items()}


def _of_libpq() -> set[str]:
    from psycopg import pq

    return {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - {"dbname"}


def _check_once_each(name: str, url: str) -> None:
    """Raise ImproperlyConfigured for an option that is repeated or empty, which Django would drop."""
    names = set()
    for key, value in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        if key in names or not value:
            fault = "names it twice" if key in names else "gives it no value"
            raise ImproperlyConfigured(f"{name} {fault}: {key}. Name each option once, with its value.")
        names.add(key)


def _check_known(name: str, options: dict, known: set[str]) -> None:
    for key in options:
        if key not in known:
            raise ImproperlyConfigured(
                f"{name} has the option {key}, which nothing here knows; correct its spelling or leave it out."
                f" Known are {', '.join(sorted(known))}."
            )


def _check_sqlite(name: str, options: dict) -> None:
    if options.get("transaction_mode", "IMMEDIATE").upper() != "IMMEDIATE":
        raise ImproperlyConfigured(
            f"{name} sets transaction_mode; leave it out: the portal's transactions must begin as IMMEDIATE."
        )


def _check_postgresql(name: str, options: dict) -> None:
    encoding = str(options.get("client_encoding", "UTF8"))
    if encoding.upper().replace("-", "") != "UTF8":
        raise ImproperlyConfigured(
            f"{name} sets client_encoding={encoding}; leave it out: it is always UTF8."
        )
    if options.get("pool") and not find_spec("psycopg_pool"):
        raise ImproperlyConfigured(
            f"{name} sets pool, which needs the package psycopg-pool: install it, or leave pool out."
        )


def _under(ours: dict, told: dict) -> dict:
    """Return our options overridden by the address's; if an option holds several settings, both."""
    joined = {
        key: between.join([ours[key].rstrip(between), str(told[key])])
        for key, between in COMBINED.items()
        if key in ours and key in told
    }
    return ours | told | joined


def _plain(value):
    """Return true and false as booleans: Django understands no other spelling of them."""
    return {"true": True, "false": False}.get(value.lower(), value) if isinstance(value, str) else value

"""Every option of DATABASE_URL and EMAIL_URL reaches the connection, or is refused in a sentence."""

import smtplib
from importlib.util import find_spec

import psycopg
import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.test import override_settings

from qa_portal.service_urls import _of_libpq, cache_config, database_config, email_config
from tests.faults.site import url_of

PLAIN = "postgres://qa:secret@db.example:5432/qa"
VALUES = {
    "sslmode": "verify-full",
    "sslrootcert": "/etc/ssl/ca.pem",
    "sslcert": "/etc/ssl/qa.pem",
    "sslkey": "/etc/ssl/qa.key",
    "connect_timeout": 9,
    "application_name": "qa portal",
    "target_session_attrs": "read-write",
    "channel_binding": "require",
    "service": "qa",
    "passfile": "/etc/qa.pgpass",
    "client_encoding": "UTF8",
    "keepalives_idle": 30,
    "hostaddr": "10.0.0.7",
    "load_balance_hosts": "random",
}


def asked_of_libpq(url: str) -> dict:
    """What Django's own backend gives to psycopg for `url`."""
    settings = {"AUTOCOMMIT": True, "TIME_ZONE": None} | database_config("DATABASE_URL", url)
    return PostgreSQL(settings).get_connection_params()


def asked_of_sqlite(url: str) -> tuple[dict, str]:
    opened = SQLite({"AUTOCOMMIT": True, "TIME_ZONE": None} | database_config("DATABASE_URL", url))
    return opened.get_connection_params(), opened.settings_dict["OPTIONS"]["transaction_mode"]


@pytest.mark.parametrize("name", sorted(_of_libpq() - {"options", "user", "password", "host", "port"}))
def test_option_that_libpq_knows_reaches_it(name):
    value = VALUES.get(name, "1")
    asked = asked_of_libpq(f"{PLAIN}?{name}={value}".replace(" ", "%20"))
    assert str(asked[name]) == str(value)
    assert "lock_timeout=3s" in asked["options"]


def test_control_option_was_dropped_when_ours_took_the_place_of_the_address_s():
    dropped = database_config("DATABASE_URL", f"{PLAIN}?sslmode=verify-full") | {"OPTIONS": {"options": ""}}
    asked = PostgreSQL({"AUTOCOMMIT": True, "TIME_ZONE": None} | dropped).get_connection_params()
    assert "sslmode" not in asked


def test_options_of_the_address_stand_beside_ours():
    asked = asked_of_libpq(f"{PLAIN}?options=-c%20search_path%3Dqa&sslmode=require")
    assert asked["options"] == "-c lock_timeout=3s -c statement_timeout=60s -c search_path=qa"
    assert (asked["connect_timeout"], asked["sslmode"]) == (5, "require")


@pytest.mark.parametrize(
    ("told", "key", "value"),
    [
        ("prepare_threshold=4", "prepare_threshold", 4),
        ("server_side_binding=true", "cursor_factory", "ServerBindingCursor"),
        ("server_side_binding=false", "cursor_factory", "Cursor"),
    ],
)
def test_option_of_django_s_backend_is_heard(told, key, value):
    heard = asked_of_libpq(f"{PLAIN}?{told}")[key]
    assert getattr(heard, "__name__", heard) == value


@pytest.mark.parametrize(
    ("told", "name", "value"),
    [
        ("CONN_MAX_AGE=0", "CONN_MAX_AGE", 0),
        ("conn_max_age=600", "CONN_MAX_AGE", 600),
        ("CONN_HEALTH_CHECKS=false", "CONN_HEALTH_CHECKS", False),
        ("ATOMIC_REQUESTS=true", "ATOMIC_REQUESTS", True),
        ("DISABLE_SERVER_SIDE_CURSORS=true", "DISABLE_SERVER_SIDE_CURSORS", True),
    ],
)
def test_setting_of_django_s_connection_is_heard(told, name, value):
    assert database_config("DATABASE_URL", f"{PLAIN}?{told}")[name] == value


def test_pool_keeps_its_own_connections_or_names_the_package_it_needs(monkeypatch):
    if not find_spec("psycopg_pool"):
        with pytest.raises(ImproperlyConfigured, match="needs the package psycopg-pool"):
            database_config("DATABASE_URL", f"{PLAIN}?pool=true")
    monkeypatch.setattr("qa_portal.service_urls.find_spec", lambda name: name)
    config = database_config("DATABASE_URL", f"{PLAIN}?pool=true")
    assert (config["OPTIONS"]["pool"], config["CONN_MAX_AGE"]) == (True, 0)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://qa:p%40ss%2Fw%23rd%3F%25%2B@db/qa",
            {"password": "p@ss/w#rd?%+", "host": "db", "dbname": "qa"},
        ),
        ("postgres://qa:a+b@db/qa", {"password": "a+b"}),
        ("postgres://qa@[::1]:5433/qa", {"host": "::1", "port": 5433}),
        ("postgres://qa@db:6432/qa", {"port": 6432}),
        ("postgres://qa@%2Fvar%2Frun%2Fpostgresql/qa", {"host": "/var/run/postgresql", "dbname": "qa"}),
        ("postgres://qa@/qa?host=/var/run/postgresql", {"host": "/var/run/postgresql", "dbname": "qa"}),
        ("postgres:///qa?user=qa&port=5433", {"user": "qa", "port": 5433, "dbname": "qa"}),
        ("postgresql:///?service=qa", {"service": "qa"}),
        ("postgres://qa@one:5432,two:5433/qa", {"host": "one,two", "port": "5432,5433"}),
    ],
)
def test_address_is_read_whole(url, expected):
    asked = asked_of_libpq(url)
    assert {name: asked.get(name) for name in expected} == expected


def test_options_of_sqlite_are_heard():
    config, mode = asked_of_sqlite("sqlite:////tmp/qa.sqlite3?timeout=45&cached_statements=50")
    assert (config["timeout"], config["cached_statements"], mode) == (45, 50, "IMMEDIATE")
    options = database_config(
        "DATABASE_URL", "sqlite:////tmp/qa.sqlite3?init_command=PRAGMA%20cache_size%3D4000"
    )
    assert options["OPTIONS"]["init_command"] == (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=4000"
    )
    assert database_config("DATABASE_URL", "sqlite:////tmp/qa.sqlite3?uri=true")["OPTIONS"]["uri"] is True


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (f"{PLAIN}?sslmod=require", "has the option sslmod, which nothing here knows"),
        (f"{PLAIN}?dbname=other", "has the option dbname"),
        (f"{PLAIN}?timeout=5", "has the option timeout"),
        ("sqlite:////tmp/qa.sqlite3?sslmode=require", "has the option sslmode"),
        ("sqlite:////tmp/qa.sqlite3?transaction_mode=DEFERRED", "must begin as IMMEDIATE"),
        (f"{PLAIN}?client_encoding=LATIN1", "it is always UTF8"),
        (f"{PLAIN}?AUTOCOMMIT=false", "opens its transactions itself"),
        (f"{PLAIN}?sslmode=require&sslmode=disable", "names it twice: sslmode"),
        (f"{PLAIN}?sslmode=", "gives it no value: sslmode"),
        ("postgres://qa:a/b@db:5432/qa", "percent-encoded"),
    ],
)
def test_option_or_address_that_cannot_be_heard_is_refused_in_a_sentence(url, sentence):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL .*" + sentence.replace("(", "\\(")):
        database_config("DATABASE_URL", url)


def test_mail_s_options_reach_its_connection():
    config = email_config(
        "EMAIL_URL", "smtp+tls://qa:p%40ss@mail.example:587?timeout=4".replace("timeout", "EMAIL_TIMEOUT")
    )
    assert (config["EMAIL_TIMEOUT"], config["EMAIL_HOST_PASSWORD"], config["EMAIL_USE_TLS"]) == (
        4,
        "p@ss",
        True,
    )
    assert email_config("EMAIL_URL", "smtp://mail.example:25")["EMAIL_TIMEOUT"] == 10


@pytest.mark.parametrize("name", ["EMAIL_SSL_CERTFILE", "EMAIL_SSL_KEYFILE"])
def test_mail_s_certificates_reach_its_connection(name, settings):
    config = email_config("EMAIL_URL", f"smtp+tls://mail.example:587?{name}=/etc/ssl/mail.pem")
    for key, value in config.items():
        setattr(settings, key, value)
    opened = get_connection("django.core.mail.backends.smtp.EmailBackend")
    assert getattr(opened, name.removeprefix("EMAIL_").lower()) == "/etc/ssl/mail.pem"
    assert opened.connection_class is smtplib.SMTP


def test_mail_s_unknown_option_is_refused():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL has the option STARTTLS"):
        email_config("EMAIL_URL", "smtp://mail.example:25?starttls=yes")


def test_cache_keeps_its_options():
    """Of Redis too, where django-environ spells `key_prefix` as Django does not hear it."""
    told = cache_config(
        "CACHE_URL", "rediss://cache.example:6380/1?ssl_cert_reqs=required&timeout=60&key_prefix=qa"
    )
    assert told["OPTIONS"]["ssl_cert_reqs"] == "required"
    with override_settings(CACHES={"default": told}):
        assert (caches["default"].default_timeout, caches["default"].key_prefix) == (60, "qa")


@pytest.mark.django_db
def test_application_name_and_timeouts_hold_in_a_real_connection():
    if connection.vendor != "postgresql":
        pytest.skip("asks the PostgreSQL server what it heard")
    asked = asked_of_libpq(f"{url_of(connection)}?application_name=qa-test&options=-c%20work_mem%3D7MB")
    asked = {name: asked[name] for name in ("host", "port", "user", "dbname", "application_name", "options")}
    with psycopg.connect(**asked) as opened:
        heard = [
            opened.execute(f"show {name}").fetchone()[0]
            for name in ("application_name", "work_mem", "lock_timeout", "statement_timeout")
        ]
    assert heard == ["qa-test", "7MB", "3s", "1min"]


@pytest.mark.django_db
def test_sslmode_decides_whether_a_server_without_tls_is_spoken_to():
    if connection.vendor != "postgresql":
        pytest.skip("asks the PostgreSQL server")
    asked = asked_of_libpq(f"{url_of(connection)}?sslmode=require")
    asked = {name: asked[name] for name in ("host", "port", "user", "dbname", "sslmode")}
    with connection.cursor() as cursor:
        cursor.execute("show ssl")
        [on] = cursor.fetchone()
    if on == "on":
        with psycopg.connect(**asked) as opened:
            assert opened.pgconn.ssl_in_use
    else:
        with pytest.raises(psycopg.OperationalError, match="does not support SSL"):
            psycopg.connect(**asked)
        psycopg.connect(**asked | {"sslmode": "prefer"}).close()

"""Fixtures of the whole suite. What one folder alone needs stands in that folder's conftest."""

import gc
import itertools
import os
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.urls import get_resolver
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from qa_portal.core import stops
from qa_portal.core.audit import guard
from qa_portal.core.demonstration import is_demonstration
from qa_portal.core.untrusted.pool import ReaderPool
from qa_portal.portal.health.readiness import newest_migrations
from tests.factories.world import World
from tests.factories.world_copies import a_world

# No deadline, and a slow start is no fault: the first example imports what the later ones use.
# CI tries the same examples each time: what a new one finds is found by whoever runs the tests, and stops no landing.
hypothesis_settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("ci", hypothesis_settings.get_profile("portal"), derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "portal")

HERE = Path(__file__).parent
MEDIA_OF_ALL = settings.MEDIA_ROOT
_numbers = itertools.count()


def pytest_configure(config):
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true" if config.getoption("-m") == "browser" else "")


OTHER_PROCESSES = ("faults", "deploy", "performance", "architecture/test_migrations")
"""Where tests start programs of their own, which find the database in the environment."""
USES_THE_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


def uses_the_database(item: pytest.Item) -> bool:
    """Whether the test can behave differently on another database."""
    path = item.path.relative_to(HERE).as_posix()
    return (
        path.startswith(OTHER_PROCESSES)
        or bool(USES_THE_DATABASE & set(getattr(item, "fixturenames", [])))
        or item.get_closest_marker("django_db") is not None
    )


def pytest_addoption(parser):
    parser.addoption(
        "--only-database",
        action="store_true",
        help="Leave out tests that use no database: they give the same result on each.",
    )


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--only-database"):
        return
    kept = [item for item in items if uses_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_collection_finish(session):
    """What is loaded by now stays until the end: looking through it for garbage again and again takes a tenth of the
    time of all tests. Rubbish that a test makes is still collected, less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """A probe that was asked before the tables stood has read the migrations that these tables were made without."""
    newest_migrations.cache_clear()


@pytest.fixture(scope="session")
def reasons_of_the_product():
    """What stops the writing in the product. A look at the database once a minute would make counts depend on time,
    so tests know of none of them but those that ask for `stopped_as_in_the_product`."""
    kept = dict(stops._stops)
    stops._stops.clear()
    return kept


@pytest.fixture(autouse=True)
def _no_reason_to_stop(reasons_of_the_product):
    """Tests write, whatever the clock says and whatever an earlier test looked at: pages have just asked, and nothing
    stops them."""
    stops._known.sentences, stops._known.looked_at = (), time.monotonic()


@pytest.fixture
def stopped_as_in_the_product(reasons_of_the_product, monkeypatch):
    monkeypatch.setattr(stops, "_stops", dict(reasons_of_the_product))
    stops.forget()
    yield
    stops.forget()


@pytest.fixture(autouse=True)
def _only_loopback(socket_disabled_except_loopback):
    """No test reaches beyond this machine."""


@pytest.fixture(autouse=True)
def _own_storage(settings):
    """A storage of the test's own, made when something is stored."""
    if settings.MEDIA_ROOT == MEDIA_OF_ALL:
        settings.MEDIA_ROOT = f"{MEDIA_OF_ALL}-{next(_numbers)}"


@pytest.fixture
def socket_disabled_except_loopback():
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def _no_file_is_read_inside_a_transaction():
    """Everybody who writes would wait for the reading (SQLite), or for the rows that it holds (PostgreSQL)."""
    run = ReaderPool.run

    def outside(self, *told):
        opened = [one for one in connection.atomic_blocks if not one._from_testcase]
        # A demo is made in one transaction, of files of its own, where nobody waits.
        assert not opened or is_demonstration(), (
            "a stranger's file is read inside a transaction: read it before"
        )
        return run(self, *told)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ReaderPool, "run", outside)
        yield


@pytest.fixture
def commits(transactional_db):
    """Real commits with the guard on. Django flushes afterwards, so the guard steps aside for that alone."""
    guard.install(connection)
    yield
    guard.unlock(connection)


@pytest.fixture
def world(db) -> World:
    """Two councils, two providers and an agency, with one person in every role; every text a canary."""
    cache.clear()
    return a_world()


@contextmanager
def as_demo(**also):
    """The settings that `QA_ENV=demo` gives; the process goes back to the real time afterwards."""
    from qa_portal.portal.demo.clock import clock

    place = settings.MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware")
    told = {
        "DEMO": True,
        "INSTALLATION_KIND": "demo",
        "SECOND_FACTOR_COMPULSORY": False,
        "ROOT_URLCONF": "tests.demo_urls",
        "LOGIN_URL": "demo_front",
        "MIDDLEWARE": [
            *settings.MIDDLEWARE[:place],
            "qa_portal.portal.demo.middleware.DemoMiddleware",
            *settings.MIDDLEWARE[place:],
        ],
    }
    get_resolver().url_patterns  # noqa: B018  read before DEMO is on: read within, they would hold the demo's for good
    try:
        with override_settings(**told | also):
            yield
    finally:
        clock.let_go()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """After every test the log of steps is replayed against the declared flows."""
    outcome = yield
    if {"db", "transactional_db"} & set(getattr(item, "fixturenames", [])):
        from tests.flows.replay import illegal_steps
        from workflows.shared.models import TaskEvent

        if not connection.needs_rollback:
            assert illegal_steps(TaskEvent.objects.all()) == []
    return outcome


@pytest.fixture
def demo_mode():
    with as_demo():
        yield

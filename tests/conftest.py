"""Fixtures of the whole suite. What one folder alone needs stands in that folder's conftest."""

import os
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from qa_portal.core.audit import guard
from qa_portal.core.untrusted.door import Door
from qa_portal.portal.health.readiness import newest_migrations
from tests.factories.world import World
from tests.factories.world_copies import a_world


def pytest_configure(config):
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true" if config.getoption("-m") == "browser" else "")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """A probe that was asked before the tables stood has read the migrations that these tables were made without."""
    newest_migrations.cache_clear()


@pytest.fixture(autouse=True)
def _only_loopback(socket_disabled_except_loopback):
    """No test reaches beyond this machine."""


@pytest.fixture
def socket_disabled_except_loopback():
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def _no_file_is_read_inside_a_transaction():
    """Everybody who writes would wait for the reading (SQLite), or for the rows that it holds (PostgreSQL)."""
    outcome_of = Door.outcome_of

    def outside(self, *told):
        opened = [one for one in connection.atomic_blocks if not one._from_testcase]
        assert not opened, "a stranger's file is read inside a transaction: read it before"
        return outcome_of(self, *told)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Door, "outcome_of", outside)
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
        "SECOND_FACTOR_COMPULSORY": False,
        "ROOT_URLCONF": "tests.demo_urls",
        "LOGIN_URL": "demo_front",
        "MIDDLEWARE": [
            *settings.MIDDLEWARE[:place],
            "qa_portal.portal.demo.middleware.DemoMiddleware",
            *settings.MIDDLEWARE[place:],
        ],
    }
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
        from workflows.shared.models import TaskEvent
        from workflows.shared.replay import illegal_steps

        if not connection.needs_rollback:
            assert illegal_steps(TaskEvent.objects.all()) == []
    return outcome


@pytest.fixture
def demo_mode():
    with as_demo():
        yield

"""Reference data: each slice registers one idempotent service; all run after every migrate.

Migrations hold no data: a migration's model writes no history, and the audit guard would refuse it.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_migrate

_loaders: list[Callable[[], object]] = []


def register(loader: Callable[[], object]) -> Callable[[], object]:
    """`loader` must write nothing when what it would write already stands."""
    _loaders.append(loader)
    return loader


def load_all() -> None:
    for loader in _loaders:
        loader()


def load_after_migrate(sender, using, **_) -> None:
    """Once the tables and the audit guard are committed: a code list is written like any other record."""
    transaction.on_commit(load_all, using=using)


def make_cache_table(sender, using, **_) -> None:
    """Create the rate limits' shared cache table, unless CACHE_URL names a server."""
    if any("DatabaseCache" in cache["BACKEND"] for cache in settings.CACHES.values()):
        call_command("createcachetable", database=using, verbosity=0)


def connect(sender) -> None:
    post_migrate.connect(make_cache_table, sender=sender, dispatch_uid="cache-table")
    post_migrate.connect(load_after_migrate, sender=sender, dispatch_uid="reference-data")

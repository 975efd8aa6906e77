"""A world is built once for a moment in each process; every other test gets a copy of its rows, in a tenth of the time."""

import itertools
import pickle
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from time_machine import escape_hatch

from providers.directory.models import Authority
from qa_portal.core.audit.audit_context import Actor, audit_as, current_actor
from qa_portal.core.audit.models import AppendOnlyModel
from qa_portal.core.audit.tables import AUTHOR
from qa_portal.core.dates import today
from tests.factories.world import World, build_world

INSERT = re.compile(r'(?:^|; )INSERT INTO "(\w+)"')  # PostgreSQL is told the author first
_copies: dict[object, "Copy"] = {}


@dataclass(frozen=True)
class Copy:
    """Pickled, so that no test can change what the next one gets."""

    world: bytes
    rows: dict[type[models.Model], bytes]

    def put_back(self) -> World:
        for model, rows in self.rows.items():
            for actor, written in by_author(model, pickle.loads(rows)):
                with audit_as(actor):
                    models.QuerySet(model).bulk_create(written)
        return pickle.loads(self.world)


def by_author(model: type[models.Model], rows: list[dict]) -> Iterator[tuple[Actor, list[models.Model]]]:
    """The rows by who wrote them: the database takes a row of history from its author alone."""
    made = [model(**row) for row in rows]
    if not hasattr(model, "history_person_id") and not (
        issubclass(model, AppendOnlyModel) and hasattr(model, "role")
    ):
        yield current_actor(), made
        return
    prefix = "history_" if hasattr(model, "history_person_id") else ""
    for values, written in itertools.groupby(
        made, lambda row: [getattr(row, f"{prefix}{name}") for name in AUTHOR]
    ):
        yield Actor(**dict(zip(AUTHOR, values, strict=True))), list(written)


def a_world() -> World:
    """Built as usual where time runs from elsewhere, where the test really commits, and where its keys are taken."""
    moment = moment_of_a_copy()
    if moment is None or not connection.in_atomic_block:
        return build_world()
    # a flush after a test that commits takes the code lists too, and they come again under other keys
    like = moment, tuple(Authority.objects.order_by("pk").values_list("pk", "name"))
    if like not in _copies:
        _copies[like] = taken()
    try:
        with transaction.atomic():
            return _copies[like].put_back()
    except IntegrityError:
        return build_world()


def moment_of_a_copy() -> object | None:
    """Today, or the instant at which time was made to stand still."""
    if not escape_hatch.is_travelling():
        return today()
    now = time.time_ns()
    return now if time.time_ns() == now else None


def taken() -> Copy:
    """Built once to see which tables it fills, and once more to see with what; both are taken back."""
    with CaptureQueriesContext(connection) as queries, taken_back():
        build_world()
    tables = {match[1] for query in queries if (match := INSERT.search(query["sql"]))}
    filled = [model for model in apps.get_models() if model._meta.db_table in tables]
    # the guard wants a row before its history
    filled.sort(key=lambda model: hasattr(model, "history_date"))
    before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in filled}
    with taken_back():
        world = build_world()
        rows = {model: model._base_manager.exclude(pk__in=before[model]).values() for model in filled}
        return Copy(pickle.dumps(world), {model: pickle.dumps(list(rows[model])) for model in filled})


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

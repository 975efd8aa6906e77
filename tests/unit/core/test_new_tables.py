"""A migration that makes many tables in one go makes them as Django would, and nothing but tables."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from qa_portal.core.new_tables import NewTables

CRATE = migrations.CreateModel("Crate", [("id", models.BigAutoField(primary_key=True))])
SHIP = migrations.CreateModel(
    "Ship",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("first", models.ForeignKey("made_up.crate", models.PROTECT, related_name="+")),
    ],
)


def migration_of(*operations) -> NewTables:
    found = NewTables("0001_made_up", "made_up")
    found.operations = list(operations)
    return found


def test_new_tables_are_made_with_what_ties_them(commits):
    made = migration_of(CRATE, SHIP)
    with connection.schema_editor() as editor:
        state = made.apply(ProjectState(), editor)
    with connection.cursor() as cursor:
        tied = connection.introspection.get_relations(cursor, "made_up_ship")
    assert [(column, to[1]) for column, to in tied.items()] == [("first_id", "made_up_crate")]
    with connection.schema_editor() as editor:
        for name in ("ship", "crate"):
            editor.delete_model(state.apps.get_model("made_up", name))


def test_new_tables_refuse_a_change_of_a_table():
    other = migrations.AddField("crate", "size", models.IntegerField(default=1))
    with pytest.raises(TypeError, match="belongs in a migration of Django's own"):
        migration_of(CRATE, other).apply(ProjectState(), None)

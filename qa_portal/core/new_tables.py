"""A migration that makes tables and changes none."""

from django.db.migrations import CreateModel, Migration
from django.db.migrations.state import ProjectState


class NewTables(Migration):
    """Creates its tables in one go.

    Django builds every related model anew after each operation; with some 200 tables that is most of the
    time of a `migrate`. New tables need no such step in between: all are told of first, then all are made.
    """

    def apply(self, project_state, schema_editor, collect_sql=False) -> ProjectState:
        """Return the state with the new models in it, their tables made. TypeError for another operation."""
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        if strange := [one for one in self.operations if not isinstance(one, CreateModel)]:
            raise TypeError(
                f"{self} makes tables only; {strange[0].describe()} belongs in a migration of Django's own."
            )
        project_state.__dict__.pop(
            "apps", None
        )  # models built so far; built again, once, when first asked for
        self.mutate_state(project_state, preserve=False)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state

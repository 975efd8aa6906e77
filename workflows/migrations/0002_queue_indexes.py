from django.db import migrations

# The engine's own table has no index that the queue can use. The queue's is whole: SQLite takes no partial
# index for a query with parameters.
INDEXES = {
    "qa_task_open": "viewflow_task (owner_permission_obj_pk, status, owner_id)",
    "qa_task_due": "viewflow_task (scheduled) WHERE status = 'SCHEDULED'",
    "qa_task_of_process": "viewflow_task (process_id, flow_task, status)",
}


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_flows"), ("viewflow", "0015_task_scheduled")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON {where}", f"DROP INDEX {name}")
        for name, where in INDEXES.items()
    ]

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "qa_portal.core"
    verbose_name = "Core"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from qa_portal.core import reference, stops
        from qa_portal.core.audit import announcing, guard
        from qa_portal.core.audit import checks as _checks  # noqa: F401 registered by being imported

        connection_created.connect(announcing.prepare, dispatch_uid="audit-announcing")
        stops.register(stops.Stop("audit guard", guard.reason_to_stop))
        guard.connect(sender=self)
        reference.connect(sender=self)

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "qa_portal.core"
    verbose_name = "Core"

    def ready(self) -> None:
        from qa_portal.core import reference
        from qa_portal.core.audit import checks as _checks  # noqa: F401 registered by being imported
        from qa_portal.core.audit import guard

        guard.connect(sender=self)
        reference.connect(sender=self)

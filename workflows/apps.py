from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = "Workflows"

    def ready(self):
        """Flows are set up as their classes are made, so all are read before anything runs."""
        from workflows.onboarding import flows as _onboarding  # noqa: F401
        from workflows.shared import due, events  # noqa: F401

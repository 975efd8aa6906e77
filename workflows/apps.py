from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = "Workflows"

    def ready(self):
        """Flows are set up as their classes are made, so all are read before anything runs."""
        from workflows.applications import flows as _onboarding  # noqa: F401
        from workflows.issues import flows as _issues  # noqa: F401
        from workflows.reactions import work as _reactions  # noqa: F401 registers its due work
        from workflows.recorded_inspections import flows as _recorded_inspections  # noqa: F401
        from workflows.self_assessments import services as _self_assessments  # noqa: F401 flow and due work
        from workflows.shared import due, events, messages  # noqa: F401
        from workflows.visits import flows as _visits  # noqa: F401

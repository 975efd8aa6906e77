from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "qa_portal.core"
    verbose_name = "Core"
